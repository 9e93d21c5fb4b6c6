#include "tools/live/record_bytes.hpp"

#include "core/base/check.hpp"
#include "core/base/codec.hpp"

namespace tools {
namespace {

// What every record carries, in the order of the bytes.
void flat_fields(auto& record, auto&& visit) {
  visit(record.at), visit(record.kind), visit(record.role), visit(record.type), visit(record.forgot);
  visit(record.node), visit(record.peer), visit(record.phi_milli), visit(record.left), visit(record.epoch);
  visit(record.seq), visit(record.number), visit(record.id);
}

// Only nodes write this way, and their details are words.
struct Words {
  std::string text, detail;
  static void fields(auto& m, auto&& visit) { visit("text", m.text), visit("detail", m.detail); }
};

}  // namespace

std::string to_bytes(const core::Record& record) {
  core::Writer out;
  flat_fields(record, [&](const auto& field) { out.put(field); });
  out.put(record.event != nullptr), out.put(record.more != nullptr);
  if (record.event != nullptr) out.put(*record.event);
  if (record.more != nullptr) out.put(Words{record.more->text, record.more->detail});
  return out.take();
}

OwnedRecord record_of(std::string_view bytes) {
  core::Reader in(bytes);
  OwnedRecord owned;
  bool has_event = false, has_more = false;
  flat_fields(owned.record, [&](auto& field) { in.get(field); });
  in.get(has_event), in.get(has_more);
  if (has_event) in.get(owned.event);
  if (has_more) {
    Words words;
    in.get(words);
    owned.more = std::make_shared<const core::Details>(core::Details{words.text, words.detail, {}, {}});
  }
  core::check(in.done(), "a record from another process is whole");
  owned.record.event = owned.event.get();
  owned.record.more = owned.more.get();
  return owned;
}

OwnedRecord own(const core::Record& record) {
  OwnedRecord owned{record, nullptr, nullptr};
  if (record.event != nullptr) owned.event = std::make_shared<const core::Event>(*record.event);
  if (record.more != nullptr) owned.more = std::make_shared<const core::Details>(*record.more);
  owned.record.event = owned.event.get();
  owned.record.more = owned.more.get();
  return owned;
}

}  // namespace tools
