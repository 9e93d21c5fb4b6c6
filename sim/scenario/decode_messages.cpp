// messages: what becomes of single messages, in place of what chance would make of them.
#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

using What = MessageFate::What;

const Choices<core::MessageType>& type_choices() {
  static const Choices<core::MessageType> choices = [] {
    Choices<core::MessageType> list;
    for (std::size_t i = 0; i < core::kMessageTypes; ++i) {
      const auto type = static_cast<core::MessageType>(i);
      list.emplace_back(core::name_of(type), type);
    }
    return list;
  }();
  return choices;
}

Member decode_end(Fields& fields, std::string_view key, Context& context) {
  const yaml::Node* node = fields.need(key);
  return node != nullptr ? decode_member(*node, key, {}, context).value_or(core::kNobody) : core::kNobody;
}

bool decode_link(Fields& fields, core::Link& link, Context& context) {
  link = {decode_end(fields, "from", context), decode_end(fields, "to", context)};
  if (link.from == core::kNobody || link.to == core::kNobody) return false;
  if (link.from != link.to) return true;
  context.problems.add(fields.value("to"), "to: a node has no link to itself");
  return false;
}

// Exactly one of drop, at and copy.
bool decode_what(Fields& fields, MessageFate& fate, Context& context) {
  constexpr std::array<std::string_view, 3> fates{"drop", "at", "copy"};
  const auto given = std::count_if(fates.begin(), fates.end(), [&](std::string_view key) { return fields.has(key); });
  if (given == 0) fields.complain("it is not said what becomes of it; give drop, at or copy");
  if (given > 1) fields.complain("only one of drop, at and copy can be given; write one item for each");
  bool dropped = true;
  fields.truth("drop", dropped);
  if (!dropped) context.problems.add(fields.value("drop"), "drop: only 'drop: true' is possible; else leave it out");
  const Duration end = context.scenario.duration;
  if (fields.duration("at", fate.at, {}, end)) fate.what = What::arrive;
  if (fields.duration("copy", fate.at, {}, end)) fate.what = What::copy;
  return given == 1;
}

using Fates = std::set<std::tuple<core::Link, core::MessageType, std::uint64_t, What>>;

// A message has each fate once at most, and one that is dropped has no other.
void check_others(const yaml::Node& item, const MessageFate& fate, Fates& fates, Problems& problems) {
  const auto has = [&](What what) { return fates.contains({fate.link, fate.type, fate.nth, what}); };
  if (has(fate.what)) {
    problems.add(item, "messages: another item says that of the same message; keep one");
  } else if (has(What::drop) || (fate.what == What::drop && (has(What::arrive) || has(What::copy)))) {
    problems.add(item, "messages: a message that is dropped does not arrive, as another item says; keep one of them");
  }
  fates.insert({fate.link, fate.type, fate.nth, fate.what});
}

void decode_fate(const yaml::Node& item, Fates& fates, Context& context) {
  MessageFate fate;
  Fields fields(item, "messages", context.problems);
  const bool linked = decode_link(fields, fate.link, context);
  fields.need("type");
  const bool typed = fields.choice("type", fate.type, type_choices());
  fields.count("nth", fate.nth, 1, UINT64_MAX);
  const bool fated = decode_what(fields, fate, context);
  fields.finish();
  if (!linked || !typed || !fated) return;
  check_others(item, fate, fates, context.problems);
  context.scenario.messages.push_back(fate);
}

}  // namespace

void decode_messages(const yaml::Node& list, Context& context) {
  Fates fates;
  for (const yaml::Node& item : list.items) decode_fate(item, fates, context);
}

}  // namespace sim
