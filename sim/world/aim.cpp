#include "sim/world/aim.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace sim {
namespace {

Members everybody(std::size_t size) {
  Members all(size);
  std::iota(all.begin(), all.end(), Member{0});
  return all;
}

Members merged(Members a, const Members& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::sort(a.begin(), a.end());
  a.erase(std::unique(a.begin(), a.end()), a.end());
  return a;
}

Members without(Members a, const Members& b) {
  std::erase_if(a, [&](Member member) { return std::binary_search(b.begin(), b.end(), member); });
  return a;
}

// Who is in several groups counts in the first; the others lose him.
Partition explicit_partition(const std::vector<Members>& groups) {
  Partition partition;
  Members placed;
  for (const Members& all : groups) {
    const Members group = without(all, placed);
    placed = merged(std::move(placed), group);
    if (!group.empty()) partition.groups.push_back(named(group));
  }
  return partition;
}

// One cut for all that miss the same others. REQUIRES: every link is closed in both directions.
std::vector<Action> explicit_cuts(const Links& links) {
  std::map<Member, Members> missing;
  for (const core::Link& link : links) missing[link.from].push_back(link.to);
  std::map<Members, Members> alike;
  for (const auto& [member, others] : missing) alike[others].push_back(member);
  std::vector<Action> cuts;
  Members done;
  for (const auto& [missed, members] : alike) {
    const Members others = without(missed, done);
    if (!others.empty()) cuts.emplace_back(Cut{named(members), named(others), true});
    done = merged(std::move(done), members);
  }
  return cuts;
}

std::vector<Action> explicit_shape(Shape shape, const Members& order, const Links& closed) {
  const bool parts = shape == Shape::one || shape == Shape::halves;
  if (!parts && !closed.empty()) return explicit_cuts(closed);
  const auto first = shape == Shape::one ? 1 : static_cast<std::ptrdiff_t>(parts ? order.size() / 2 : 0);
  Members a(order.begin(), order.begin() + first), b(order.begin() + first, order.end());
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return {explicit_partition({a, b})};
}

// Who each action strikes; an overload for each.
struct Aimer {
  Targets& targets;

  // `action` is aimed at its `who`; of those only at whom it makes a difference.
  Aim those(auto action, auto fits) const {
    Members found = targets.find(action.who);
    std::erase_if(found, [&](Member member) { return !fits(targets.life(member)); });
    action.who = named(found);
    return {std::move(found), {}, {std::move(action)}};
  }
  Aim all_of(auto action) const {
    return those(std::move(action), [](Life) { return true; });
  }
  // A link needs two ends: if either finds nobody, or only the same node twice, nothing is struck.
  Aim links_of(auto action) const {
    const Members senders = targets.find(action.from), receivers = targets.find(action.to);
    Links links = links_between(senders, receivers, action.both);
    if (links.empty()) return {};
    action.from = named(senders), action.to = named(receivers);
    return {merged(senders, receivers), std::move(links), {std::move(action)}};
  }

  Aim operator()(const Crash& crash) const {
    return those(crash, [](Life life) { return life != Life::down; });
  }
  Aim operator()(const Restart& restart) const {
    return those(restart, [](Life life) { return life == Life::down; });
  }
  Aim operator()(const Pause& pause) const {
    return those(pause, [](Life life) { return life == Life::up; });
  }
  Aim operator()(const Isolate& isolate) const {
    Aim hit = all_of(isolate);
    hit.links = closed_by_isolating(targets.size(), hit.members);
    return hit;
  }
  Aim operator()(const Partition& partition) const {
    std::vector<Members> groups;
    Members all;
    for (const Target& group : partition.groups) {
      groups.push_back(targets.find(group));
      if (groups.back().empty()) return {};
      all = merged(std::move(all), groups.back());
    }
    return {std::move(all), closed_by_groups(targets.size(), groups), {explicit_partition(groups)}};
  }
  Aim operator()(const ShapedPartition& partition) const {
    const Members& order = targets.shuffled();
    Links closed = closed_by_shape(partition.shape, order);
    std::vector<Action> parts = explicit_shape(partition.shape, order, closed);
    return {everybody(targets.size()), std::move(closed), std::move(parts)};
  }
  Aim operator()(const Cut& cut) const { return links_of(cut); }
  Aim operator()(const LinkFault& fault) const { return links_of(fault); }
  Aim operator()(const ClockFault& fault) const { return all_of(fault); }
  Aim operator()(const DiskFault& fault) const { return all_of(fault); }
  Aim operator()(const HealAll& heal) const { return {everybody(targets.size()), {}, {heal}}; }
  Aim operator()(const Calm& calm) const { return all_of(calm); }
};

}  // namespace

Target named(const Members& members) {
  Target target;
  for (const Member member : members) target.push_back({.who = Atom::Who::member, .member = member});
  return target;
}

Aim aim(const Action& action, Targets& targets) {
  return std::visit(Aimer{targets}, action);
}

}  // namespace sim
