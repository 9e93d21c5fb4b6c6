// steps: what happens one thing after another, in place of a workload and faults.
#include <array>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

using Kind = Step::Kind;

const Choices<Kind>& step_choices() {
  static const Choices<Kind> choices = [] {
    Choices<Kind> list;
    for (const Kind kind : kPlannedKinds) list.emplace_back(name_of(kind), kind);
    return list;
  }();
  return choices;
}

const Choices<core::Timer>& timer_choices() {
  static const Choices<core::Timer> choices = [] {
    Choices<core::Timer> list;
    for (const core::Timer timer : kFired) list.emplace_back(name_of(timer), timer);
    return list;
  }();
  return choices;
}

const Choices<std::string>& what_choices() {
  static const Choices<std::string> choices = [] {
    Choices<std::string> list{{"LINK_DOWN", "LINK_DOWN"}};
    for (std::size_t i = 0; i < core::kMessageTypes; ++i) {
      const std::string name{name_of(static_cast<core::MessageType>(i))};
      list.emplace_back(name, name);
    }
    return list;
  }();
  return choices;
}

Member decode_who(Fields& fields, std::string_view key, Context& context) {
  const yaml::Node* node = fields.need(key);
  return node != nullptr ? decode_member(*node, key, {}, context).value_or(core::kNobody) : core::kNobody;
}

// Who: for most kinds their own key names the node, and `from` the other one.
void decode_nodes_of(Fields& fields, Step& step, Context& context) {
  const bool own_key = step.kind != Kind::fire && step.kind != Kind::suspect;
  step.node = decode_who(fields, own_key ? name_of(step.kind) : "node", context);
  if (step.kind == Kind::suspect) step.peer = decode_who(fields, "suspect", context);
  if (concerns_message(step.kind)) step.peer = decode_who(fields, "from", context);
  if (step.node != core::kNobody && step.node == step.peer)
    fields.complain("a node has nothing to do with itself here");
}

void decode_step(Fields& fields, Context& context) {
  PlannedStep planned;
  Step& step = planned.step;
  std::size_t given = 0;
  for (const auto& [name, kind] : step_choices())
    if (fields.has(name)) step.kind = kind, ++given;
  if (given != 1) {
    for (const auto& [name, kind] : step_choices()) fields.find(name);
    for (const char* key : {"from", "node", "what", "crash_after"}) fields.find(key);
    fields.complain(given > 1 ? "several steps in one item; write one item for each"
                              : "it is not said what happens; give deliver, fire, submit, lose, duplicate, suspect, "
                                "crash or restart");
    return fields.finish();
  }
  decode_nodes_of(fields, step, context);
  if (step.kind == Kind::fire) fields.choice("fire", step.timer, timer_choices());
  if (concerns_message(step.kind)) fields.choice("what", planned.what, what_choices());
  if (can_be_cut(step.kind)) fields.count("crash_after", step.cut, 1, UINT8_MAX);
  fields.finish();
  context.scenario.steps.push_back(std::move(planned));
}

// Steps say everything that happens, so nothing else may.
void check_company(Fields& file, Context& context) {
  for (const char* key : {"duration", "workload", "faults", "messages", "network", "disk"})
    if (file.has(key))
      context.problems.add(file.key(key), std::string{key} + ": steps say all that happens; leave one of them out");
  if (!context.own_timing.empty())
    context.problems.add(*context.own_timing.front().second, "timing: under steps all nodes have the group's timing");
}

}  // namespace

void decode_steps(const yaml::Node& list, Fields& file, Context& context) {
  check_company(file, context);
  const core::Config& group = context.scenario.group;
  if (context.members_known && group.size() > kMostExplored)
    context.problems.add(list, "steps: only a group of at most " + std::to_string(kMostExplored) +
                                   " nodes can be driven by steps, and this one has " + std::to_string(group.size()));
  if (group.storage == core::Storage::memory)
    context.problems.add(list, "steps: only a group with durable storage can be driven by steps");
  for (const yaml::Node& item : list.items) {
    Fields fields(item, "steps", context.problems);
    decode_step(fields, context);
  }
  if (!list.items.empty()) context.scenario.duration = time_of(list.items.size());
}

}  // namespace sim
