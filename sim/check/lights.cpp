#include "sim/check/lights.hpp"

#include <algorithm>

#include "core/city/names.hpp"

namespace sim {

using core::Colour;
using core::Instant;
using core::LampName;

LightsChecker::LightsChecker(const Sources& sources, Findings& findings)
    : scenario_{&sources.scenario},
      plan_{&sources.scenario.group.city.lights},
      electorate_{&sources.electorate},
      connectivity_{&sources.connectivity},
      periods_{&sources.periods},
      findings_{&findings},
      shown_(std::size_t{plan_->intersections} * plan_->approaches) {}

LightsChecker::Shown* LightsChecker::find(LampName lamp) {
  const bool there = lamp.intersection < plan_->intersections && lamp.approach < plan_->approaches;
  return there ? &shown_[std::size_t{lamp.intersection} * plan_->approaches + lamp.approach] : nullptr;
}

void LightsChecker::on(const core::Record& record) {
  if (record.more == nullptr) return;
  const core::LightFact& fact = record.more->light;
  Shown* const shown = find(fact.lamp);
  if (shown == nullptr) return;
  check_change(fact.lamp, *shown, fact.colour, record.at);
  if (fact.colour == Colour::green) {
    on_green(fact.lamp, record.at);
    check_wait(fact.lamp, *shown, record.at);
    shown->ever_green = true;
    shown->green_since = record.at;
  }
  shown->colour = fact.colour;
  shown->since = record.at;
}

void LightsChecker::check_change(LampName lamp, const Shown& shown, Colour next, Instant at) {
  findings_->saw(Invariant::yellow_time);
  const Colour before = next == Colour::green ? Colour::red : next == Colour::red ? Colour::yellow : Colour::green;
  if (shown.colour != before)
    return findings_->violated(Invariant::yellow_time, at, [&] {
      return name_of(lamp) + " turned " + std::string{core::name_of(next)} + " from " +
             std::string{core::name_of(shown.colour)} + " at " + in_seconds(at);
    });
  if (next != Colour::red || at - shown.since >= shortened(plan_->yellow)) return;
  findings_->violated(Invariant::yellow_time, at, [&] {
    return name_of(lamp) + " was YELLOW from " + in_seconds(shown.since) + " to " + in_seconds(at) +
           " only; the plan says " + in_seconds(plan_->yellow);
  });
}

void LightsChecker::on_green(LampName lamp, Instant at) {
  findings_->saw(Invariant::no_conflicting_green);
  for (LampName other{lamp.intersection, 0}; other.approach < plan_->approaches; ++other.approach)
    if (plan_->conflict(lamp.approach, other.approach)) check_conflict(lamp, other, *find(other), at);
}

void LightsChecker::check_conflict(LampName lamp, LampName other, const Shown& shown, Instant at) {
  const auto turned = [&] { return name_of(lamp) + " turned GREEN at " + in_seconds(at) + ", though "; };
  if (shown.colour == Colour::green)
    return findings_->violated(Invariant::no_conflicting_green, at, [&] {
      return turned() + name_of(other) + " is GREEN since " + in_seconds(shown.since);
    });
  const bool cleared = shown.colour == Colour::red && at - shown.since >= shortened(plan_->all_red);
  if (cleared || !shown.ever_green) return;
  findings_->violated(Invariant::yellow_time, at, [&] {
    return turned() + name_of(other) + " is " + std::string{core::name_of(shown.colour)} + " only since " +
           in_seconds(shown.since) + "; all lights are to be RED for " + in_seconds(plan_->all_red);
  });
}

void LightsChecker::close(Instant at) {
  for (LampName lamp; lamp.intersection < plan_->intersections; ++lamp.intersection)
    for (lamp.approach = 0; lamp.approach < plan_->approaches; ++lamp.approach) check_wait(lamp, *find(lamp), at);
}

// It has not turned green since it last did. Only what lies in the settled period counts.
void LightsChecker::check_wait(LampName lamp, const Shown& shown, Instant until) {
  if (!periods_->settled(until) || electorate_->halted()) return;
  const Duration two_cycles = (plan_->green + plan_->yellow + plan_->all_red) * plan_->approaches * 2;
  const Instant settled = std::max(periods_->settled_from(), sides_since_);
  if (until - settled <= two_cycles) return;
  if (!on_majority_side(plan_->keeper_of(lamp, scenario_->group.size()))) return;
  findings_->saw(Invariant::no_starvation);
  const Instant since = shown.ever_green ? std::max(settled, shown.green_since) : settled;
  if (until - since <= two_cycles) return;
  findings_->violated(Invariant::no_starvation, until, [&] {
    return name_of(lamp) + " did not turn GREEN from " + in_seconds(since) + " to " + in_seconds(until) +
           ", though things were settled and its node could reach a quorum; two cycles take " + in_seconds(two_cycles);
  });
}

bool LightsChecker::on_majority_side(core::Member keeper) const {
  return std::ranges::any_of(connectivity_->sides(),
                             [&](const Side& side) { return side.majority && side.members.has(keeper); });
}

Duration LightsChecker::shortened(Duration span) const {
  return span - (span / 1'000'000 + Duration{1}) * scenario_->group.timing.clock_drift_max_ppm;
}

std::string LightsChecker::name_of(LampName lamp) const {
  return "approach " + core::name_of_approach(*plan_, lamp.approach) + " of intersection " +
         std::to_string(lamp.intersection + 1);
}

}  // namespace sim
