#include "sim/world/workload.hpp"

#include <algorithm>
#include <string>

#include "core/base/check.hpp"
#include "sim/world/targets.hpp"

namespace sim {
namespace {

bool same_at_all_times(const Target& target) {
  return std::all_of(target.begin(), target.end(),
                     [](const Atom& atom) { return atom.who == Atom::Who::member || atom.who == Atom::Who::all; });
}

}  // namespace

Workload::Workload(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, const Network& network,
                   Hosts& hosts)
    : scenario_{scenario}, seed_{seed}, timeline_{timeline}, network_{network}, hosts_{hosts} {
  for (const SubmitLoad& spec : scenario.workload) {
    Load load;
    load.next = {.depends_on = {}, .type = "message", .payload = std::string(spec.size, '.')};
    if (same_at_all_times(spec.from)) load.dealt_to = whom(spec, loads_.size(), 0);
    loads_.push_back(std::move(load));
  }
}

void Workload::schedule() {
  for (std::size_t i = 0; i < scenario_.workload.size(); ++i) {
    const SubmitLoad& spec = scenario_.workload[i];
    core::check(spec.interval > Duration{}, "submissions are some time apart");
    if (spec.start < spec.stop)
      timeline_.push({core::Instant{} + spec.start, Due::Kind::workload, 0, 0, static_cast<std::uint32_t>(i)});
  }
}

void Workload::submit(const Due& due) {
  const SubmitLoad& spec = scenario_.workload[due.arg];
  Load& load = loads_[due.arg];
  const core::Instant next = timeline_.now() + spec.interval;
  if (next < core::Instant{} + spec.stop) timeline_.push({next, Due::Kind::workload, 0, 0, due.arg});

  const std::uint64_t turn = load.turn++;
  const std::vector<Member> drawn = load.dealt_to.empty() ? whom(spec, due.arg, turn) : std::vector<Member>{};
  const std::vector<Member>& from = load.dealt_to.empty() ? drawn : load.dealt_to;
  if (from.empty()) return;
  const Member member = from[turn % from.size()];
  if (hosts_.life(member) != Life::up) return;  // it misses its turn

  const core::EventId last = hosts_.newest_of(due.arg);
  const bool chained = continues(spec, load, last, member);
  load.length = chained ? load.length + 1 : 1;
  load.next.depends_on.clear();
  if (chained) load.next.depends_on.push_back(last);
  hosts_.submit(member, due.arg, load.next);
}

// A chain goes on at another node that the last event's node can reach, if that event was accepted at all.
bool Workload::continues(const SubmitLoad& spec, const Load& load, core::EventId last, Member member) const {
  if (last.number == 0 || load.length >= spec.chain || last.member() == member) return false;
  return hosts_.submitted(last) && network_.open(last.member(), member);
}

std::vector<Member> Workload::whom(const SubmitLoad& load, std::uint64_t key, std::uint64_t turn) const {
  const std::vector<Standing> standings = hosts_.standings();
  const core::Rng rng = core::Rng::stream(seed_, core::Purpose::workload, {key, turn});
  return Targets(scenario_.group, standings, core::kNobody, rng).find(load.from);
}

}  // namespace sim
