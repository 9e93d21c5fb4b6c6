#include "sim/hunt/swarm_lights.hpp"

#include <algorithm>

#include "sim/hunt/dice.hpp"

namespace sim {
namespace {

constexpr std::uint64_t kLights = 2;  // the stream's key

// Phases long enough that what has to be agreed on between them takes far less.
core::LightsPlan draw_plan(Dice& dice) {
  constexpr std::array<std::uint32_t, 6> approaches{2, 3, 4, 4, 4, 5};
  core::LightsPlan plan;
  plan.intersections = 1 + static_cast<std::uint32_t>(dice.below(3));
  plan.approaches = dice.pick(approaches);
  plan.green = dice.ms(2'500, 6'000);
  plan.yellow = dice.ms(500, 2'000);
  plan.all_red = dice.ms(1'000, 2'000);
  plan.min_green = dice.span(Duration::ms(500), plan.green);
  return plan;
}

}  // namespace

void draw_lights(std::uint64_t seed, Scenario& out) {
  Dice dice{core::Rng::stream(seed, core::Purpose::fault, {kLights})};
  if (!dice.one_in(4)) return;
  core::LightsPlan plan = draw_plan(dice);
  LightsLoad load;
  load.lamp_drift_ppm = dice.one_in(3) ? 0 : dice.ppm(dice.one_in(3) ? out.group.timing.clock_drift_max_ppm : 1'000);
  if (dice.one_in(3)) {
    plan.order = core::PhaseOrder::demand;
    load.cars_every = dice.ms(200, 3'000);
  }
  out.group.city.lights = plan;
  out.lights = load;
  keep_clocks(out);
  out.duration = out.duration + (plan.green + plan.yellow + plan.all_red) * plan.approaches * 2;
}

void keep_clocks(Scenario& out) {
  if (!out.lights) return;
  const auto most = static_cast<std::int32_t>(out.group.timing.clock_drift_max_ppm);
  for (Fault& fault : out.faults)
    if (auto* clock = std::get_if<ClockFault>(&fault.action); clock != nullptr && clock->drift_ppm)
      clock->drift_ppm = std::clamp(*clock->drift_ppm, -most, most);
}

}  // namespace sim
