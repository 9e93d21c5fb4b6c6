// expect: what must hold at the end, and what may or must not.
#include <algorithm>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

void decode_invariant(const yaml::Node& item, std::string_view key, Words& out, Context& context) {
  const std::string where = std::string{key} + ": ";
  const Words& known = invariant_names();
  if (!item.scalar())
    return context.problems.add(item, where + "an invariant's name is wanted, not " + kind_in_words(item));
  if (std::find(known.begin(), known.end(), item.text) == known.end())
    return context.problems.add(item, where + "unknown invariant " + quoted(item.text) + hint(item.text, known));
  if (std::find(out.begin(), out.end(), item.text) != out.end()) {
    return context.problems.add(item, where + quoted(item.text) + " stands in the list twice");
  }
  out.push_back(item.text);
}

void decode_invariants(Fields& fields, Expect& expect, Context& context) {
  for (const auto& [key, out] :
       {std::pair{"violations", &expect.violations}, std::pair{"tolerated", &expect.tolerated}}) {
    const yaml::Node* list = fields.list(key);
    if (list == nullptr) continue;
    for (const yaml::Node& item : list->items) decode_invariant(item, key, *out, context);
  }
  const yaml::Node* node = fields.find("invariants");
  if (node == nullptr || (node->scalar() && node->text == "all")) return;
  if (!node->list())
    return context.problems.add(*node, "invariants: all or a list is wanted, not " + kind_in_words(*node));
  expect.all_invariants = false;
  for (const yaml::Node& item : node->items) decode_invariant(item, "invariants", expect.invariants, context);
}

std::optional<Expect::FinalLeader> decode_final_leader(const yaml::Node& node, Context& context) {
  using Who = Expect::FinalLeader::Who;
  const Choices<Who> words{{"highest", Who::highest}, {"any", Who::any}, {"none", Who::none}};
  for (const auto& [word, who] : words) {
    if (node.text == word) return Expect::FinalLeader{who, core::kNobody};
  }
  if (!node.scalar()) {
    context.problems.add(node,
                         "final_leader: a node's name, highest, any or none is wanted, not " + kind_in_words(node));
    return std::nullopt;
  }
  const auto member = decode_member(node, "final_leader", {"highest", "any", "none"}, context);
  return member ? std::optional{Expect::FinalLeader{Who::member, *member}} : std::nullopt;
}

void decode_at_least(const yaml::Node& node, Expect& expect, Context& context) {
  Fields fields(node, "expect.at_least", context.problems);
  for (const auto& [name, kind] : kind_choices()) {
    std::uint64_t count = 0;
    if (fields.count(name, count, 1, UINT64_MAX)) expect.at_least.emplace_back(kind, count);
  }
  fields.finish();
}

}  // namespace

void decode_expect(const yaml::Node* node, Context& context) {
  Expect& expect = context.scenario.expect;
  expect.settle = context.scenario.group.timing.election_timeout * 3;
  if (node == nullptr) return;
  Fields fields(*node, "expect", context.problems);
  decode_invariants(fields, expect, context);
  fields.duration("settle", expect.settle, Duration{1}, Duration::s(360'000'000));
  if (const yaml::Node* leader = fields.find("final_leader"))
    expect.final_leader = decode_final_leader(*leader, context);
  fields.duration("leader_within", expect.leader_within, Duration{1}, Duration::s(360'000'000));
  expect.delivered_all = fields.choice<bool>("delivered", expect.delivered_all, {{"all", true}});
  expect.completed_all = fields.choice<bool>("completed", expect.completed_all, {{"all", true}});
  if (const yaml::Node* counts = fields.find("at_least")) decode_at_least(*counts, expect, context);
  fields.finish();
}

}  // namespace sim
