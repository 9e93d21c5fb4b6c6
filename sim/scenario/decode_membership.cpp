// workload: who joins the group, and who leaves it.
#include <algorithm>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

using Kind = MembershipChange::Kind;

bool names(const Target& target, Member member) {
  return std::any_of(target.begin(), target.end(),
                     [&](const Atom& atom) { return atom.who == Atom::Who::member && atom.member == member; });
}

// A node that joins and has not left before was not there at the beginning.
bool founds(const Scenario& scenario, Member member) {
  const MembershipChange* first = nullptr;
  for (const MembershipChange& item : scenario.membership)
    if (names(item.who, member) && (first == nullptr || item.at < first->at)) first = &item;
  return first == nullptr || first->kind == Kind::leave;
}

}  // namespace

void decode_membership(Fields& fields, Context& context) {
  const bool joins = fields.has("join");
  const std::string_view key = joins ? "join" : "leave";
  MembershipChange item;
  item.kind = joins ? Kind::join : Kind::leave;
  if (joins && fields.has("leave")) fields.complain("join and leave in one item; write one item for each");
  const yaml::Node* who = fields.find(key);
  if (fields.need("at") != nullptr) fields.duration("at", item.at, {}, context.scenario.duration);
  fields.find(joins ? "leave" : "join");
  fields.finish();
  if (who == nullptr) return;
  item.who = decode_target(*who, key, joins ? Allowed::fixed : Allowed::words, context).value_or(Target{});
  const bool all = std::any_of(item.who.begin(), item.who.end(), [](const Atom& a) { return a.who == Atom::Who::all; });
  if (joins && all) context.problems.add(*who, "join: name the nodes that join; somebody must be there before");
  context.scenario.membership.push_back(item);
}

void find_founders(Context& context) {
  std::vector<core::MemberInfo>& members = context.scenario.group.members;
  for (std::size_t i = 0; i < members.size() && !context.scenario.membership.empty(); ++i)
    members[i].founder = founds(context.scenario, static_cast<Member>(i));
  const bool anybody = std::any_of(members.begin(), members.end(), [](const core::MemberInfo& m) { return m.founder; });
  if (!members.empty() && !anybody)
    context.problems.add(1, 1, "workload: every node joins; a group needs somebody who is there from the beginning");
}

}  // namespace sim
