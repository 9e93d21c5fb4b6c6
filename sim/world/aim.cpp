#include "sim/world/aim.hpp"

#include <algorithm>
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

// A link needs two ends: if either finds nobody, or only the same node twice, nothing is struck.
Aim aim_at_links(const Target& from, const Target& to, bool both, Targets& targets) {
  const Members senders = targets.find(from), receivers = targets.find(to);
  Links links = links_between(senders, receivers, both);
  if (links.empty()) return {};
  return {merged(senders, receivers), std::move(links)};
}

// Who each action strikes; an overload for each.
struct Aimer {
  Targets& targets;

  // Those of the target for whom it makes a difference.
  Aim those(const Target& target, auto fits) const {
    Members found = targets.find(target);
    std::erase_if(found, [&](Member member) { return !fits(targets.life(member)); });
    return {std::move(found), {}};
  }

  Aim operator()(const Crash& crash) const {
    return those(crash.who, [](Life life) { return life != Life::down; });
  }
  Aim operator()(const Restart& restart) const {
    return those(restart.who, [](Life life) { return life == Life::down; });
  }
  Aim operator()(const Pause& pause) const {
    return those(pause.who, [](Life life) { return life == Life::up; });
  }
  Aim operator()(const Isolate& isolate) const {
    const Members found = targets.find(isolate.who);
    return {found, closed_by_isolating(targets.size(), found)};
  }
  Aim operator()(const Partition& partition) const {
    std::vector<Members> groups;
    Members all;
    for (const Target& group : partition.groups) {
      groups.push_back(targets.find(group));
      if (groups.back().empty()) return {};
      all = merged(std::move(all), groups.back());
    }
    return {std::move(all), closed_by_groups(targets.size(), groups)};
  }
  Aim operator()(const ShapedPartition& partition) const {
    return {everybody(targets.size()), closed_by_shape(partition.shape, targets.shuffled())};
  }
  Aim operator()(const Cut& cut) const { return aim_at_links(cut.from, cut.to, cut.both, targets); }
  Aim operator()(const LinkFault& fault) const { return aim_at_links(fault.from, fault.to, fault.both, targets); }
  Aim operator()(const ClockFault& fault) const { return {targets.find(fault.who), {}}; }
  Aim operator()(const DiskFault& fault) const { return {targets.find(fault.who), {}}; }
  Aim operator()(const HealAll&) const { return {everybody(targets.size()), {}}; }
  Aim operator()(const Calm& calm) const { return {targets.find(calm.who), {}}; }
};

}  // namespace

Aim aim(const Action& action, Targets& targets) {
  return std::visit(Aimer{targets}, action);
}

}  // namespace sim
