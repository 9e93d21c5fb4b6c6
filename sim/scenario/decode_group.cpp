// nodes, group, timing: who the members are and how long they wait.
#include <algorithm>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

constexpr std::uint64_t kMostNodes = 10'000;
constexpr std::size_t kLongestName = 64;

// The id of a node that gives none: a UUIDv7 (RFC 9562), as if the nodes had been made a millisecond apart. It is the
// same in every run.
core::Id128 made_id(std::size_t index) {
  constexpr std::uint64_t first_millisecond = 0x018F'3E6C'0001, version = 0x7000, variant = 0x8000'0000'0000'0000;
  return {(first_millisecond + index) << 16 | version, variant | (index + 1)};
}

std::string node_name_problem(std::string_view name) {
  const std::string problem = name_problem(name);
  if (!problem.empty()) return problem;
  const Words& words = target_words();
  const bool reserved = name == "any" || name == "none" || std::find(words.begin(), words.end(), name) != words.end();
  return reserved ? quoted(name) + " has a meaning of its own in scenarios; choose another name" : "";
}

void count_nodes(const yaml::Node& node, Context& context) {
  if (!node.plain) return context.problems.add(node, "nodes: a number without quotes is wanted, or a list of nodes");
  const auto count = read(node, "nodes", parse_count, context.problems);
  if (!count) return;
  if (*count == 0 || *count > kMostNodes) return context.problems.add(node, "nodes: a group has 1 to 10000 nodes");
  for (std::size_t i = 0; i < *count; ++i) {
    const std::string name = "n" + std::to_string(i + 1);
    context.scenario.group.members.push_back({name, made_id(i), 0});
    context.members.emplace(name, static_cast<Member>(i));
  }
  context.members_known = true;
}

// One item of the list of nodes; `ids` holds those that are taken.
void decode_node(const yaml::Node& item, std::map<core::Id128, std::string>& ids, Context& context) {
  Fields fields(item, "nodes", context.problems);
  core::MemberInfo info;
  info.id = made_id(context.scenario.group.members.size());
  const yaml::Node* name = fields.need("name");
  const bool named = name != nullptr && fields.text("name", info.name);
  fields.get("id", info.id, parse_id);
  fields.get("rank", info.rank, parse_integer);
  if (const yaml::Node* timing = fields.find("timing")) {
    context.own_timing.emplace_back(static_cast<Member>(context.scenario.group.size()), timing);
  }
  fields.finish();
  const auto member = static_cast<Member>(context.scenario.group.members.size());
  context.scenario.group.members.push_back(info);
  if (!named) return;
  const std::string problem = node_name_problem(info.name);
  if (!problem.empty()) {
    context.problems.add(*name, "name: " + problem);
  } else if (!context.members.emplace(info.name, member).second) {
    context.problems.add(*name, "name: " + quoted(info.name) + " is taken by another node");
  }
  const auto [taken, fresh] = ids.try_emplace(info.id, info.name);
  const yaml::Node& id = fields.has("id") ? fields.value("id") : item;
  if (!fresh) context.problems.add(id, "id: node " + quoted(taken->second) + " has the same id");
}

}  // namespace

std::string name_problem(std::string_view name) {
  if (name.size() > kLongestName) return quoted(name) + " is longer than 64 characters";
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '-' && c != '_' && c != '.') return quoted(name) + " may only have letters, digits and - _ .";
  }
  return "";
}

void decode_nodes(const yaml::Node& node, Context& context) {
  if (node.scalar()) return count_nodes(node, context);
  if (!node.list())
    return context.problems.add(node, "nodes: a number or a list is wanted, not " + kind_in_words(node));
  if (node.items.empty() || node.items.size() > kMostNodes) {
    return context.problems.add(node, "nodes: a group has 1 to 10000 nodes, not " + std::to_string(node.items.size()));
  }
  std::map<core::Id128, std::string> ids;
  for (const yaml::Node& item : node.items) decode_node(item, ids, context);
  context.members_known = context.members.size() == node.items.size();
}

void decode_group(const yaml::Node& node, Context& context) {
  core::Config& group = context.scenario.group;
  Fields fields(node, "group", context.problems);
  fields.choice<core::Quorum>("quorum", group.quorum,
                              {{"majority", core::Quorum::majority}, {"none", core::Quorum::none}});
  fields.choice<core::Takeover>(
      "takeover", group.takeover,
      {{"caught_up", core::Takeover::caught_up}, {"eager", core::Takeover::eager}, {"never", core::Takeover::never}});
  fields.choice<core::Storage>("storage", group.storage,
                               {{"durable", core::Storage::durable}, {"volatile", core::Storage::memory}});
  fields.count("snapshot_every", group.snapshot_every, 0, 1'000'000'000);
  fields.finish();
}

void decode_timing(const yaml::Node& node, core::Timing& timing, Context& context) {
  constexpr Duration least = Duration::us(1), day = Duration::s(86'400);
  Fields fields(node, "timing", context.problems);
  fields.duration("heartbeat_interval", timing.heartbeat_interval, least, day);
  fields.choice<core::DetectorKind>("detector", timing.detector,
                                    {{"phi", core::DetectorKind::phi}, {"fixed", core::DetectorKind::fixed}});
  fields.get("phi_threshold", timing.phi_threshold_milli, parse_milli);
  fields.count("phi_window", timing.phi_window, 2, 10'000);
  fields.duration("phi_min_stddev", timing.phi_min_stddev, least, day);
  fields.duration("phi_acceptable_pause", timing.phi_acceptable_pause, {}, day);
  fields.duration("fixed_timeout", timing.fixed_timeout, least, day);
  fields.duration("answer_timeout", timing.answer_timeout, least, day);
  fields.duration("election_timeout", timing.election_timeout, least, day);
  fields.duration("retransmit", timing.retransmit, least, day);
  fields.duration("hold_timeout", timing.hold_timeout, least, day);
  fields.get("clock_drift_max", timing.clock_drift_max_ppm, parse_share);
  fields.finish();
  if (timing.detector == core::DetectorKind::fixed && timing.fixed_timeout <= timing.heartbeat_interval) {
    context.problems.add(fields.has("fixed_timeout") ? fields.value("fixed_timeout") : fields.value("detector"),
                         "fixed_timeout: " + show(timing.fixed_timeout) + " is not longer than heartbeat_interval (" +
                             show(timing.heartbeat_interval) + "), so every node would always be suspected");
  }
}

void decode_own_timing(Context& context) {
  for (const auto& [member, node] : context.own_timing) {
    core::Config& own = context.scenario.own_settings[member] = context.scenario.group;
    decode_timing(*node, own.timing, context);
  }
}

}  // namespace sim
