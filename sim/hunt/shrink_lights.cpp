// The lights: one crossing, and a plan as when nothing is said.
#include <algorithm>

#include "sim/hunt/shrink_passes.hpp"

namespace sim {

void simplify_lights(ShrinkSearch& search) {
  if (!search.best().lights) return;
  search.begin("lights");
  const auto change = [&](auto make) {
    Scenario changed = search.best();
    make(changed.group.city.lights, *changed.lights);
    search.take_one_of({changed});
  };
  using core::LightsPlan;
  for (const std::uint32_t crossings : {1U, search.best().group.city.lights.intersections / 2})
    change([&](LightsPlan& plan, LightsLoad&) { plan.intersections = std::max(crossings, 1U); });
  change([](LightsPlan& plan, LightsLoad& load) { plan.order = core::PhaseOrder::round_robin, load.cars_every = {}; });
  change([](LightsPlan&, LightsLoad& load) { load.lamp_drift_ppm = 0; });
  change([](LightsPlan& plan, LightsLoad&) { plan.approaches = LightsPlan{}.approaches; });
  change([](LightsPlan& plan, LightsLoad&) {
    const LightsPlan plain;
    plan.green = plain.green, plan.yellow = plain.yellow, plan.all_red = plain.all_red;
    plan.min_green = plain.min_green;
  });
  change([](LightsPlan& plan, LightsLoad&) { plan.leases = true; });
}

}  // namespace sim
