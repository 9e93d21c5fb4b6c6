// workload: single events, each submitted once, and which of the others they depend on.
#include <algorithm>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

void decode_name(Fields& fields, PlannedEvent& event, Context& context) {
  if (!fields.text("event", event.name)) return;
  const std::string problem = name_problem(event.name);
  if (!problem.empty()) {
    context.problems.add(fields.value("event"), "event: " + problem);
  } else if (context.events.contains(event.name)) {
    context.problems.add(fields.value("event"), "event: another event is called " + quoted(event.name) + " already");
  }
}

// The place of the event that `node` names; what depends on it is submitted at `at`.
std::optional<std::uint32_t> decode_cause(const yaml::Node& node, Duration at, Context& context) {
  const auto found = node.scalar() ? context.events.find(node.text) : context.events.end();
  if (found == context.events.end()) {
    Words known;
    for (const auto& [name, place] : context.events) known.push_back(name);
    const std::string what = node.scalar() ? "no event above this one is called " + quoted(node.text)
                                           : "the name of an event is wanted, not " + kind_in_words(node);
    context.problems.add(node, "after: " + what + (known.empty() ? "" : hint(node.text, known)));
    return std::nullopt;
  }
  const Duration before = context.scenario.events[found->second].at;
  if (before > at) {
    context.problems.add(node, "after: " + quoted(node.text) + " is submitted later (" + show(before) +
                                   ") than this event (" + show(at) + ")");
  }
  return found->second;
}

// Names in a list, or a single one.
void decode_causes(const yaml::Node& node, PlannedEvent& event, Context& context) {
  const std::vector<yaml::Node> single{node};
  for (const yaml::Node& item : node.list() ? node.items : single) {
    const auto cause = decode_cause(item, event.at, context);
    if (!cause) continue;
    if (std::count(event.after.begin(), event.after.end(), *cause) > 0)
      context.problems.add(item, "after: " + quoted(item.text) + " stands in the list twice");
    event.after.push_back(*cause);
  }
  std::sort(event.after.begin(), event.after.end());
}

}  // namespace

void decode_event(Fields& fields, Context& context) {
  PlannedEvent event;
  decode_name(fields, event, context);
  if (const yaml::Node* from = fields.need("from")) {
    event.from = decode_member(*from, "from", {}, context).value_or(core::kNobody);
  }
  if (fields.need("at") != nullptr) fields.duration("at", event.at, {}, context.scenario.duration);
  if (const yaml::Node* after = fields.find("after")) decode_causes(*after, event, context);
  fields.count("size", event.size, 0, 1 << 20);
  fields.finish();
  context.events.try_emplace(event.name, static_cast<std::uint32_t>(context.scenario.events.size()));
  context.scenario.events.push_back(std::move(event));
}

}  // namespace sim
