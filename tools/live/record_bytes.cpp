#include "tools/live/record_bytes.hpp"

#include <utility>

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

// Only nodes write this way: their details are words, and steps of crashes.
void more_fields(auto& details, auto&& visit) {
  auto& dispatch = details.dispatch;
  visit(details.text), visit(details.detail);
  visit(dispatch.crash), visit(dispatch.step), visit(dispatch.ambulance), visit(dispatch.hospital);
  visit(dispatch.beds_free);
}

void order_fields(auto& order, auto&& visit) {
  visit(order.lamp), visit(order.what), visit(order.number), visit(order.boot), visit(order.until);
  visit(order.green.ns), visit(order.yellow.ns), visit(order.min_green.ns);
}

// In the order of Told.
enum Content : std::size_t { kRecord, kOrder };

OwnedRecord record_in(core::Reader& in) {
  OwnedRecord owned;
  bool has_event = false, has_more = false;
  const auto one = [&](auto& field) { in.get(field); };
  flat_fields(owned.record, one);
  in.get(has_event), in.get(has_more);
  if (has_event) in.get(owned.event);
  if (has_more) {
    core::Details details;
    more_fields(details, one);
    owned.more = std::make_shared<const core::Details>(std::move(details));
  }
  owned.record.event = owned.event.get();
  owned.record.more = owned.more.get();
  return owned;
}

core::LampOrder order_in(core::Reader& in) {
  core::LampOrder order;
  order_fields(order, [&](auto& field) { in.get(field); });
  return order;
}

}  // namespace

std::string to_bytes(const core::Record& record) {
  core::Writer out;
  const auto one = [&](const auto& field) { out.put(field); };
  out.put(kRecord);
  flat_fields(record, one);
  out.put(record.event != nullptr), out.put(record.more != nullptr);
  if (record.event != nullptr) out.put(*record.event);
  if (record.more != nullptr) more_fields(*record.more, one);
  return out.take();
}

std::string to_bytes(const core::LampOrder& order) {
  core::Writer out;
  out.put(kOrder);
  order_fields(order, [&](const auto& field) { out.put(field); });
  return out.take();
}

Told told_of(std::string_view bytes) {
  core::Reader in(bytes);
  std::size_t content = kRecord;
  in.get(content);
  Told told = content == kOrder ? Told(order_in(in)) : Told(record_in(in));
  core::check(in.done(), "what another process tells is whole");
  return told;
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
