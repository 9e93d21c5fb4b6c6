#include "sim/check/periods.hpp"

#include <algorithm>

namespace sim {

using core::Instant;
using core::kNobody;
using core::Member;

Periods::Periods(const Sources& sources, Findings& findings)
    : scenario_{&sources.scenario},
      electorate_{&sources.electorate},
      connectivity_{&sources.connectivity},
      leadership_{&sources.leadership},
      history_{&sources.history},
      findings_{&findings},
      names_{sources.scenario.group} {}

void Periods::close(Instant at) {
  if (!settled(at)) return;
  any_settled_ = true;
  if (electorate_->halted()) return;
  const std::vector<Side>& sides = connectivity_->sides();
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (!sides[i].majority) continue;
    findings_->saw(Invariant::liveness);
    findings_->saw(Invariant::bully);
    judge_tenure(sides[i], tenures_[i], at);
    judge_deliveries(sides[i], at);
  }
}

void Periods::open(Instant at) {
  opened_ = at;
  tenures_.assign(connectivity_->sides().size(), Tenure{kNobody, at});
  leadership_changed(at);
}

void Periods::leadership_changed(Instant at) {
  const std::vector<Side>& sides = connectivity_->sides();
  bool leaderless = false;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (!sides[i].majority) {
      tenures_[i] = {kNobody, at};  // should it become one: from now on
      continue;
    }
    any_majority_ = true;
    const Member leader = leadership_->of(sides[i], *connectivity_);
    leaderless = leaderless || leader == kNobody;
    if (leader == tenures_[i].leader) continue;
    if (settled(at) && !electorate_->halted()) judge_tenure(sides[i], tenures_[i], at);
    tenures_[i] = {leader, at};
  }
  set_leaderless(leaderless, at);
}

void Periods::end(Instant at) {
  ended_settled_ = settled(at);
  close(at);
  set_leaderless(false, at);
}

void Periods::set_leaderless(bool leaderless, Instant at) {
  if (leaderless == leaderless_) return;
  leaderless_ = leaderless;
  if (leaderless) {
    leaderless_since_ = at;
    return;
  }
  if (at > leaderless_since_) spans_.push_back({leaderless_since_, at});
  if (at - leaderless_since_ > longest_) {
    longest_ = at - leaderless_since_;
    longest_from_ = leaderless_since_;
  }
}

// REQUIRES: settled(until). Only the part of the tenure that lies in the settled period counts. Where all are on their
// way out nobody has to lead.
void Periods::judge_tenure(const Side& side, const Tenure& tenure, Instant until) {
  const Instant from = std::max(tenure.since, settled_from());
  if (from >= until || side.highest == kNobody) return;
  const auto span = [&] { return " from " + in_seconds(from) + " to " + in_seconds(until) + quiet_since(); };
  if (tenure.leader == kNobody) {
    findings_->violated(Invariant::liveness, until,
                        [&] { return names_.of(side.members) + " had no leader" + span(); });
  }
  const bool right =
      scenario_->group.takeover == core::Takeover::never ? tenure.leader != kNobody : tenure.leader == side.highest;
  if (right) return;
  findings_->violated(Invariant::bully, until, [&] {
    return names_.of(side.members) + " were led by " + names_.of(tenure.leader) + span() + "; the highest of them is " +
           names_.of(side.highest);
  });
}

void Periods::judge_deliveries(const Side& side, Instant until) {
  const core::Timing& timing = scenario_->group.timing;
  const Instant latest = until - (timing.election_timeout + timing.hold_timeout);
  const Bits due = history_->accepted(latest, side.members);
  side.members.each([&](std::size_t member) {
    const auto node = static_cast<Member>(member);
    const std::vector<EventIndex> open = history_->undecided(node, due);
    if (open.empty()) return;
    findings_->violated(Invariant::liveness, until, [&] {
      const EventFacts& event = history_->facts(open.front());
      return names_.of(node) + " has neither delivered nor seen rejected " + names_.of(event.id) + ", accepted at " +
             names_.of(event.by) + " at " + in_seconds(event.submitted) + " (in all " + counted(open.size(), "event") +
             " accepted by " + in_seconds(latest) + "), by " + in_seconds(until) + quiet_since();
    });
  });
}

std::string Periods::quiet_since() const {
  return ", though nothing was disturbed since " + in_seconds(opened_);
}

}  // namespace sim
