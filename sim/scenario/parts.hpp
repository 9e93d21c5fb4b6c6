// The parts of a scenario file, one function each. They read the tree, fill the scenario and report
// problems. Order matters: later parts ask for the members, the duration and the timing.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "sim/scenario/reader.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct Context {
  Scenario& scenario;
  Problems& problems;
  std::map<std::string, Member, std::less<>> members{};            // by name
  bool members_known = false;                                      // false: `nodes` is broken, so any name may be right
  std::vector<std::pair<Member, const yaml::Node*>> own_timing{};  // of nodes that have other settings than the group
  std::map<std::string, std::uint32_t, std::less<>> events{};      // places in Scenario::events, by name
};

void decode_nodes(const yaml::Node& node, Context& context);
void decode_group(const yaml::Node& node, Context& context);
void decode_timing(const yaml::Node& node, core::Timing& timing, Context& context);
void decode_own_timing(Context& context);  // after the group's
void decode_network(const yaml::Node& node, Context& context);
void decode_disk(const yaml::Node& node, Context& context);
void decode_expect(const yaml::Node* node, Context& context);  // nullptr: not given, so the defaults
void decode_workload(const yaml::Node& list, Context& context);
void decode_membership(Fields& fields, Context& context);        // an item of the workload with `join` or `leave`
void decode_event(Fields& fields, Context& context);             // an item of the workload with `event`
void decode_dispatch(const yaml::Node& node, Context& context);  // what an item of the workload calls `dispatch`
void decode_lights(const yaml::Node& node, Context& context);    // what an item of the workload calls `lights`
void find_founders(Context& context);                            // after all of them
void decode_messages(const yaml::Node& list, Context& context);
void decode_faults(const yaml::Node& list, Context& context);
void decode_steps(const yaml::Node& list, Fields& file, Context& context);  // `file`: the whole

// The keys of a link: latency, loss, duplicate, reorder, bandwidth; at least one must be there.
LinkPatch decode_link_keys(Fields& fields, Context& context);

// 5ms, 1ms..10ms, {normal: [mean, stddev]}, ...
std::optional<Latency> decode_latency(const yaml::Node& node, Context& context);

// Disks are there only where nodes remember: reports what stands at `place` if they do not.
void need_durable_storage(const yaml::Node& place, std::string_view key, Context& context);

// Which targets a place takes: links are fixed before the run; `it` is the node of a `when`'s record.
enum class Allowed : std::uint8_t { fixed, words, words_and_it };
std::optional<Target> decode_target(const yaml::Node& node, std::string_view key, Allowed allowed, Context& context);

// `from`, `to` and `both` of a link or a cut.
struct Ends {
  Target from, to;
  bool both = false;
};
Ends decode_ends(Fields& fields, Allowed allowed, Context& context);

// A node's name that stands where other words may stand too; reports an unknown one.
std::optional<Member> decode_member(const yaml::Node& node, std::string_view key, const Words& other_words,
                                    Context& context);
// What is wrong with the name of a node or an event; "": nothing.
std::string name_problem(std::string_view name);
const Words& target_words();  // reserved: no node may be called so

// What one fault does, from its `fields`; nullopt: nothing, several things, or something wrong (reported).
std::optional<Action> decode_action(Fields& fields, Allowed allowed, Context& context);

// The trace kinds that a scenario can name.
const Choices<core::Kind>& kind_choices();

}  // namespace sim
