#include "sim/world/lamps.hpp"

#include <algorithm>

#include "core/base/rng.hpp"

namespace sim {
namespace {

constexpr std::int64_t kOldest = 3'600'000'000'000;  // ns for which a lamp may have hung there when the run begins

// A rate from -most to +most.
std::int32_t draw_drift(core::Rng& rng, std::uint32_t most) {
  return static_cast<std::int32_t>(rng.below(2 * std::uint64_t{most} + 1)) - static_cast<std::int32_t>(most);
}

}  // namespace

Lamps::Lamps(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, core::RecordSink& records)
    : scenario_{scenario}, timeline_{timeline}, records_{records} {
  const core::LightsPlan& plan = scenario.group.city.lights;
  for (core::LampName name; name.intersection < plan.intersections; ++name.intersection)
    for (name.approach = 0; name.approach < plan.approaches; ++name.approach) {
      auto rng = core::Rng::stream(seed, core::Purpose::lamp, {name.intersection, name.approach});
      Machine machine{.lamp = core::Lamp{name, rng.next()}, .clock = {}, .ahead = {}};
      machine.ahead = {static_cast<std::int64_t>(rng.below(kOldest))};
      if (scenario.lights) machine.clock.bend({}, draw_drift(rng, scenario.lights->lamp_drift_ppm));
      machines_.push_back(machine);
    }
}

void Lamps::obey(const core::LampOrder& order) {
  const std::uint32_t place = place_of(order.lamp);
  Machine& machine = machines_[place];
  if (machine.lamp.obey(shown(machine), order)) changed(machine);
  set_alarm(place);
  report(machine);
}

void Lamps::wake(const Due& due) {
  Machine& machine = machines_[due.arg];
  if (machine.alarm != due.at) return;  // an order has moved it
  machine.alarm = core::Instant::never();
  if (machine.lamp.wake(shown(machine))) changed(machine);
  set_alarm(due.arg);
  if (machine.lamp.colour() == core::Colour::red) report(machine);
}

core::LampReport Lamps::take_report(const Due& due) {
  free_.push_back(due.arg);
  return reports_[due.arg];
}

std::uint32_t Lamps::place_of(core::LampName lamp) const {
  return lamp.intersection * scenario_.group.city.lights.approaches + lamp.approach;
}

core::Instant Lamps::shown(const Machine& machine) const {
  return machine.clock.at(timeline_.now()) + machine.ahead;
}

core::Member Lamps::keeper_of(const Machine& machine) const {
  return scenario_.group.city.lights.keeper_of(machine.lamp.name(), scenario_.group.size());
}

void Lamps::changed(const Machine& machine) {
  const core::Colour colour = machine.lamp.colour();
  const core::Instant until =
      colour == core::Colour::red ? timeline_.now() : machine.clock.when(machine.lamp.next_change() - machine.ahead);
  const core::Details details{.light = {machine.lamp.name(), colour, until}};
  core::Record record{.kind = core::Kind::light, .node = keeper_of(machine)};
  record.more = &details;
  records_.on(record);
}

void Lamps::set_alarm(std::uint32_t place) {
  Machine& machine = machines_[place];
  const core::Instant change = machine.lamp.next_change();
  if (change == core::Instant::never()) return;
  const core::Instant due = std::max(machine.clock.when(change - machine.ahead), timeline_.now());
  if (due == machine.alarm) return;
  machine.alarm = due;
  timeline_.push({due, Due::Kind::lamp_wake, keeper_of(machine), 0, place});
}

void Lamps::report(const Machine& machine) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(reports_.size()));
    reports_.emplace_back();
  }
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  reports_[slot] = machine.lamp.report(shown(machine));
  timeline_.push({timeline_.now(), Due::Kind::lamp_report, keeper_of(machine), 0, slot});
}

}  // namespace sim
