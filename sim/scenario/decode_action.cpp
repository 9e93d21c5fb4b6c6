// faults: what strikes whom.
#include <algorithm>
#include <array>
#include <set>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

constexpr std::array<std::string_view, 11> kActions{"crash", "restart", "pause", "isolate", "partition", "cut",
                                                    "link",  "clock",   "disk",  "heal",    "calm"};

// Exactly one action; the problem stands at the second one.
void check_action_keys(const Fields& fields, Problems& problems) {
  std::vector<const yaml::Node*> given;
  for (const std::string_view name : kActions) {
    if (fields.has(name)) given.push_back(&fields.key(name));
  }
  if (given.empty()) {
    fields.complain(
        "it is not said what happens; give crash, restart, pause, isolate, partition, "
        "cut, link, clock, disk, heal or calm");
  }
  if (given.size() < 2) return;
  std::sort(given.begin(), given.end(), [](const yaml::Node* a, const yaml::Node* b) {
    return std::pair{a->line, a->column} < std::pair{b->line, b->column};
  });
  problems.add(*given[1], "several faults in one item (" + given[0]->text + " and " + given[1]->text +
                              "); write one item for each");
}

// A group of a partition: a list, or one word that can mean several nodes.
std::optional<Target> decode_group(const yaml::Node& node, Allowed allowed, Context& context) {
  if (node.scalar() && context.members.contains(node.text)) {
    context.problems.add(node, "partition: a group is a list; write [" + node.text + "]");
    return std::nullopt;
  }
  return decode_target(node, "partition", allowed, context);
}

std::optional<Action> decode_groups(const yaml::Node& list, Allowed allowed, Context& context) {
  if (list.items.empty()) {
    context.problems.add(list, "partition: no groups; give at least one, as in [[n1, n2], [n3]]");
    return std::nullopt;
  }
  Partition partition;
  std::set<std::string_view> seen;
  for (const yaml::Node& node : list.items) {
    const auto group = decode_group(node, allowed, context);
    if (!group) continue;
    partition.groups.push_back(*group);
    for (const yaml::Node& item : node.items) {
      if (item.text.starts_with("random") || seen.insert(item.text).second) continue;
      context.problems.add(item, "partition: " + quoted(item.text) + " stands in two groups");
    }
  }
  return partition;
}

std::optional<Action> decode_shape(const yaml::Node& node, Context& context) {
  ShapedPartition partition;
  Fields fields(node, "partition", context.problems);
  fields.need("shape");
  const bool known = fields.choice<Shape>(
      "shape", partition.shape,
      {{"halves", Shape::halves}, {"one", Shape::one}, {"bridge", Shape::bridge}, {"ring", Shape::ring}});
  fields.finish();
  if (!known) return std::nullopt;
  const std::size_t least = partition.shape == Shape::bridge || partition.shape == Shape::ring ? 3 : 2;
  if (context.members_known && context.scenario.group.size() < least) {
    context.problems.add(fields.value("shape"), "shape: " + fields.value("shape").text + " needs at least " +
                                                    std::to_string(least) + " nodes");
  }
  return partition;
}

std::optional<Action> decode_partition(const yaml::Node& node, Allowed allowed, Context& context) {
  if (node.list()) return decode_groups(node, allowed, context);
  if (node.map()) return decode_shape(node, context);
  context.problems.add(
      node, "partition: groups as in [[n1, n2], [n3]] or {shape: bridge} are wanted, not " + kind_in_words(node));
  return std::nullopt;
}

std::optional<Action> decode_cut(const yaml::Node& node, Allowed allowed, Context& context) {
  Fields fields(node, "cut", context.problems);
  const Ends ends = decode_ends(fields, allowed, context);
  fields.finish();
  return Cut{ends.from, ends.to, ends.both};
}

std::optional<Action> decode_link(const yaml::Node& node, Allowed allowed, Context& context) {
  Fields fields(node, "link", context.problems);
  const Ends ends = decode_ends(fields, allowed, context);
  const LinkPatch patch = decode_link_keys(fields, context);
  fields.finish();
  return LinkFault{ends.from, ends.to, patch, ends.both};
}

// `node` of a clock or a disk: whose.
Target decode_whose(Fields& fields, Allowed allowed, Context& context) {
  const yaml::Node* node = fields.need("node");
  return node != nullptr ? decode_target(*node, "node", allowed, context).value_or(Target{}) : Target{};
}

std::optional<Action> decode_clock(const yaml::Node& node, Allowed allowed, Context& context) {
  ClockFault clock;
  Fields fields(node, "clock", context.problems);
  clock.who = decode_whose(fields, allowed, context);
  fields.get("drift", clock.drift_ppm, parse_drift);
  fields.get("step", clock.step, parse_step);
  fields.finish();
  if (node.map() && !fields.has("drift") && !fields.has("step")) fields.complain("changes nothing; give drift or step");
  return clock;
}

std::optional<Action> decode_disk_fault(const yaml::Node& node, Allowed allowed, Context& context) {
  using What = DiskFault::What;
  DiskFault disk;
  Fields fields(node, "disk", context.problems);
  disk.who = decode_whose(fields, allowed, context);
  fields.need("fault");
  const bool known = fields.choice<What>("fault", disk.what,
                                         {{"lose_unsynced", What::lose_unsynced},
                                          {"torn_write", What::torn_write},
                                          {"corrupt", What::corrupt},
                                          {"full", What::full},
                                          {"slow", What::slow}});
  if (const yaml::Node* latency = fields.find("latency")) {
    disk.latency = decode_latency(*latency, context).value_or(disk.latency);
    if (known && disk.what != What::slow)
      context.problems.add(fields.key("latency"), "'latency' goes with 'fault: slow', which is not given");
  }
  fields.finish();
  need_durable_storage(node, "disk", context);
  return disk;
}

std::optional<Action> decode_heal(const yaml::Node& node, Context& context) {
  if (node.scalar() && node.text == "all") return HealAll{};
  context.problems.add(node, "heal: only 'heal: all' is possible; give a fault 'for' to end it alone");
  return std::nullopt;
}

template <class Strike>
std::optional<Action> strike(const yaml::Node& node, std::string_view key, Allowed allowed, Context& context) {
  const auto who = decode_target(node, key, allowed, context);
  return who ? std::optional<Action>{Strike{*who}} : std::nullopt;
}

std::optional<Action> decode_one(const yaml::Node& node, std::string_view key, Allowed allowed, Context& context) {
  if (key == "crash") return strike<Crash>(node, key, allowed, context);
  if (key == "restart") return strike<Restart>(node, key, allowed, context);
  if (key == "pause") return strike<Pause>(node, key, allowed, context);
  if (key == "isolate") return strike<Isolate>(node, key, allowed, context);
  if (key == "partition") return decode_partition(node, allowed, context);
  if (key == "cut") return decode_cut(node, allowed, context);
  if (key == "link") return decode_link(node, allowed, context);
  if (key == "clock") return decode_clock(node, allowed, context);
  if (key == "disk") return decode_disk_fault(node, allowed, context);
  if (key == "calm") return strike<Calm>(node, key, allowed, context);
  return decode_heal(node, context);
}

}  // namespace

std::optional<Action> decode_action(Fields& fields, Allowed allowed, Context& context) {
  check_action_keys(fields, context.problems);
  std::optional<Action> action;
  for (const std::string_view key : kActions) {
    if (const yaml::Node* node = fields.find(key)) action = decode_one(*node, key, allowed, context);
  }
  return action;
}

}  // namespace sim
