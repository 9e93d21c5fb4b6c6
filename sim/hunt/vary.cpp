// Variations of a given scenario.
#include <algorithm>

#include "sim/hunt/dice.hpp"
#include "sim/hunt/swarm.hpp"
#include "sim/hunt/swarm_faults.hpp"
#include "sim/hunt/swarm_lights.hpp"

namespace sim {
namespace {

// Between `least` and `most` percent of it, and not above `limit`.
Duration scaled(Dice& dice, Duration span, std::int64_t least, std::int64_t most, Duration limit) {
  const std::int64_t percent = dice.between(least, most);
  return std::min(limit, span / 100 * percent);
}

void vary_network(Dice& dice, LinkModel& network) {
  if (dice.one_in(2)) network.latency = draw_latency(dice, Duration::ms(30));
  if (dice.one_in(2)) network.loss_ppm = dice.ppm(50'000);
  if (dice.one_in(2)) network.duplicate_ppm = dice.ppm(100'000);
  if (dice.one_in(2)) network.reorder_ppm = dice.ppm(300'000);
}

void vary_load(Dice& dice, SubmitLoad& load, Duration end) {
  load.interval = std::max(Duration::ms(1), scaled(dice, load.interval, 50, 200, end));
  load.start = scaled(dice, load.start, 80, 120, end);
  load.stop = std::max(load.start + Duration::ms(1), load.stop);
  if (load.chain > 1) load.chain = static_cast<std::uint32_t>(dice.between(1, 2 * std::int64_t{load.chain}));
}

void vary_workload(Dice& dice, Scenario& out) {
  for (SubmitLoad& load : out.workload) vary_load(dice, load, out.duration);
  const std::int64_t percent = dice.between(80, 120);  // the same for all, so that causes stay before effects
  for (PlannedEvent& event : out.events) event.at = std::min(out.duration, event.at / 100 * percent);
}

void vary_trigger(Dice& dice, Trigger& trigger, Duration end) {
  if (auto* at = std::get_if<At>(&trigger)) at->at = scaled(dice, at->at, 80, 120, end);
  if (auto* every = std::get_if<Every>(&trigger))
    every->every = std::max(Duration::ms(1), scaled(dice, every->every, 50, 200, end));
  if (auto* when = std::get_if<When>(&trigger)) {
    when->nth = 1 + dice.below(2 * when->nth);
    if (dice.one_in(2)) when->plus = dice.ms(0, 100);
  }
}

// The end of trouble stays where it is.
bool ends_trouble(const Action& action) {
  return std::holds_alternative<HealAll>(action) || std::holds_alternative<Calm>(action);
}

void vary_fault(Dice& dice, Fault& fault, Duration end) {
  if (ends_trouble(fault.action)) return;
  vary_trigger(dice, fault.trigger, end);
  if (fault.lasts) fault.lasts = std::max(Duration::ms(1), scaled(dice, *fault.lasts, 50, 200, end));
}

// When the last of the file's own faults is due.
Duration last_trouble(const Scenario& scenario) {
  Duration last = scenario.duration / 4;
  for (const Fault& fault : scenario.faults) {
    if (const auto* at = std::get_if<At>(&fault.trigger)) last = std::max(last, at->at);
    if (const auto* every = std::get_if<Every>(&fault.trigger)) last = std::max(last, every->until);
  }
  return last;
}

// New trouble, which ends by itself, before the file's own does.
void add_faults(Dice& dice, Scenario& out) {
  Scenario more = out;
  more.faults.clear();
  draw_faults(dice, more, Duration::ms(500), std::max(Duration::ms(500), last_trouble(out)));
  for (Fault& fault : more.faults) {
    const bool crash = std::holds_alternative<Crash>(fault.action);
    if (crash && !fault.lasts) fault.lasts = dice.ms(50, 5'000);
    if (fault.lasts) out.faults.insert(out.faults.begin(), std::move(fault));
  }
}

// What holds whatever happens.
Expect general(const Expect& given) {
  Expect out;
  out.all_invariants = given.all_invariants;
  out.invariants = given.invariants;
  out.tolerated = given.tolerated;
  out.tolerated.insert(out.tolerated.end(), given.violations.begin(), given.violations.end());
  out.settle = given.settle;
  return out;
}

}  // namespace

Scenario vary(const Scenario& scenario, std::uint64_t seed) {
  constexpr std::uint64_t kVariation = 1;
  Dice dice{core::Rng::stream(seed, core::Purpose::fault, {kVariation})};
  Scenario out = scenario;
  out.name += "-" + std::to_string(seed);
  out.seed = seed;
  out.expect = general(scenario.expect);
  if (dice.one_in(2)) vary_network(dice, out.network);
  if (dice.one_in(2)) vary_workload(dice, out);
  if (dice.one_in(4))
    std::erase_if(out.faults, [&](const Fault& f) { return !ends_trouble(f.action) && dice.one_in(3); });
  if (!dice.one_in(4))
    for (Fault& fault : out.faults) vary_fault(dice, fault, out.duration);
  if (dice.one_in(2)) add_faults(dice, out);
  keep_clocks(out);
  return out;
}

}  // namespace sim
