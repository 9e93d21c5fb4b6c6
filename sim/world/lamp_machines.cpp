#include "sim/world/lamp_machines.hpp"

#include "core/base/rng.hpp"

namespace sim {
namespace {

using core::Instant;

constexpr std::int64_t kOldest = 3'600'000'000'000;  // ns for which a lamp may have hung there when the run begins

// A rate from -most to +most.
std::int32_t draw_drift(core::Rng& rng, std::uint32_t most) {
  return static_cast<std::int32_t>(rng.below(2 * std::uint64_t{most} + 1)) - static_cast<std::int32_t>(most);
}

}  // namespace

LampMachines::LampMachines(const Scenario& scenario, std::uint64_t seed, core::RecordSink& records)
    : scenario_{scenario}, records_{records} {
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

core::LampReport LampMachines::obey(Instant now, const core::LampOrder& order) {
  const std::uint32_t place = place_of(order.lamp);
  Machine& machine = machines_[place];
  if (machine.lamp.obey(machine.shown(now), order)) changed(now, place);
  return machine.lamp.report(machine.shown(now));
}

std::optional<core::LampReport> LampMachines::wake(Instant now, std::uint32_t place) {
  Machine& machine = machines_[place];
  if (machine.lamp.wake(machine.shown(now))) changed(now, place);
  if (machine.lamp.colour() != core::Colour::red) return std::nullopt;
  return machine.lamp.report(machine.shown(now));
}

Instant LampMachines::next_change(std::uint32_t place) const {
  const Machine& machine = machines_[place];
  const Instant change = machine.lamp.next_change();
  return change == Instant::never() ? change : machine.clock.when(change - machine.ahead);
}

std::uint32_t LampMachines::place_of(core::LampName lamp) const {
  return lamp.intersection * scenario_.group.city.lights.approaches + lamp.approach;
}

core::Member LampMachines::keeper_of(core::LampName lamp) const {
  return scenario_.group.city.lights.keeper_of(lamp, scenario_.group.size());
}

void LampMachines::changed(Instant now, std::uint32_t place) {
  const core::Lamp& lamp = machines_[place].lamp;
  const bool red = lamp.colour() == core::Colour::red;
  const core::Details details{.light = {lamp.name(), lamp.colour(), red ? now : next_change(place)}};
  core::Record record{.at = now, .kind = core::Kind::light, .node = keeper_of(lamp.name())};
  record.more = &details;
  records_.on(record);
}

}  // namespace sim
