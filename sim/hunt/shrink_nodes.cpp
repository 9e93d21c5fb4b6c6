// Scenarios with fewer nodes: whoever is left gets a new number, everywhere.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "sim/hunt/shrink_edit.hpp"

namespace sim {
namespace {

using Become = std::vector<Member>;

Target renumbered(const Target& target, const Become& become, std::size_t nodes) {
  Target out;
  std::set<Member> named;
  for (Atom atom : target) {
    if (atom.who == Atom::Who::member) atom.member = become[atom.member];
    if (atom.who == Atom::Who::member && (atom.member == core::kNobody || !named.insert(atom.member).second)) continue;
    atom.count = std::min(atom.count, static_cast<std::uint32_t>(nodes));
    out.push_back(atom);
  }
  return out;
}

// Gives what a fault does new numbers, in place; false: there is nobody left for it. An overload for each kind.
struct Renumber {
  const Become& become;
  std::size_t nodes;

  bool target(Target& who) const {
    who = renumbered(who, become, nodes);
    return !who.empty();
  }
  bool ends(Target& from, Target& to) const {
    const auto sole = [](const Target& who) { return who.size() == 1 ? who[0].member : core::kNobody; };
    if (!target(from) || !target(to)) return false;
    return sole(from) == core::kNobody || sole(from) != sole(to);
  }
  bool operator()(Partition& partition) const {
    std::set<Member> seen;
    for (Target& group : partition.groups) {
      target(group);
      std::erase_if(
          group, [&](const Atom& atom) { return atom.who == Atom::Who::member && !seen.insert(atom.member).second; });
    }
    std::erase_if(partition.groups, [](const Target& group) { return group.empty(); });
    return !partition.groups.empty();
  }
  bool operator()(ShapedPartition&) const { return true; }
  bool operator()(HealAll&) const { return true; }
  bool operator()(Cut& cut) const { return ends(cut.from, cut.to); }
  bool operator()(LinkFault& fault) const { return ends(fault.from, fault.to); }
  bool operator()(auto& action) const { return target(action.who); }
};

// Where two links become one, a message keeps the fates that it had on the first of them.
std::vector<MessageFate> renumbered(const std::vector<MessageFate>& fates, const Become& become) {
  std::vector<MessageFate> out;
  std::map<std::tuple<core::Link, core::MessageType, std::uint64_t>, core::Link> owners;
  for (MessageFate fate : fates) {
    const core::Link old = fate.link;
    fate.link = {become[old.from], become[old.to]};
    if (fate.link.from == core::kNobody || fate.link.to == core::kNobody || fate.link.from == fate.link.to) continue;
    const auto [owner, fresh] = owners.try_emplace({fate.link, fate.type, fate.nth}, old);
    if (owner->second == old) out.push_back(fate);
  }
  return out;
}

// Of those who become one, the member that stands first is the one that stays.
std::vector<core::MemberInfo> survivors(const std::vector<core::MemberInfo>& members, const Become& become) {
  std::vector<std::pair<Member, std::size_t>> left;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (become[i] != core::kNobody) left.emplace_back(become[i], i);
  std::sort(left.begin(), left.end());
  std::vector<core::MemberInfo> out;
  for (std::size_t i = 0; i < left.size(); ++i)
    if (i == 0 || left[i].first != left[i - 1].first) out.push_back(members[left[i].second]);
  return out;
}

Parts events_of_nobody(const Scenario& scenario) {
  Parts parts;
  for (const Part& part : parts_of(scenario, PartKind::event))
    if (scenario.events[part.index].from == core::kNobody) parts.push_back(part);
  return parts;
}

}  // namespace

Scenario renumbered(const Scenario& scenario, const Become& become) {
  Scenario out = scenario;
  out.group.members = survivors(scenario.group.members, become);
  const Renumber renumber{become, out.group.size()};
  std::erase_if(out.faults, [&](Fault& fault) { return !std::visit(renumber, fault.action); });
  std::erase_if(out.workload, [&](SubmitLoad& load) { return !renumber.target(load.from); });
  std::erase_if(out.membership, [&](MembershipChange& change) { return !renumber.target(change.who); });
  std::erase_if(out.links, [&](LinkOverride& link) { return !renumber.ends(link.from, link.to); });
  for (PlannedEvent& event : out.events) event.from = become[event.from];
  out = without(out, events_of_nobody(out));
  out.messages = renumbered(out.messages, become);
  out.own_settings.clear();
  for (const auto& [member, own] : scenario.own_settings)
    if (become[member] != core::kNobody) out.own_settings.emplace(become[member], own);
  if (auto& wanted = out.expect.final_leader; wanted && wanted->who == Expect::FinalLeader::Who::member) {
    wanted->member = become[wanted->member];
    if (wanted->member == core::kNobody) wanted->who = Expect::FinalLeader::Who::any;
  }
  return out;
}

Scenario without_nodes(const Scenario& scenario, const std::vector<Member>& nodes) {
  Become become(scenario.group.size());
  Member next = 0;
  for (std::size_t i = 0; i < become.size(); ++i) {
    const bool gone = std::find(nodes.begin(), nodes.end(), static_cast<Member>(i)) != nodes.end();
    become[i] = gone ? core::kNobody : next++;
  }
  return renumbered(scenario, become);
}

Scenario merged(const Scenario& scenario, Member from, Member to) {
  Become become(scenario.group.size());
  Member next = 0;
  for (std::size_t i = 0; i < become.size(); ++i)
    if (i != from) become[i] = next++;
  become[from] = become[to];
  Scenario out = renumbered(scenario, become);
  out.group.members[become[to]] = scenario.group.members[to];
  return out;
}

}  // namespace sim
