#include "sim/world/traffic.hpp"

#include "core/base/rng.hpp"
#include "core/city/events.hpp"
#include "core/city/lights.hpp"

namespace sim {
namespace {

constexpr std::uint32_t kMostCars = 20;  // in one report

}  // namespace

void Traffic::schedule() {
  if (!scenario_.lights || scenario_.lights->cars_every == Duration{}) return;
  timeline_.push({timeline_.now() + scenario_.lights->cars_every, Due::Kind::traffic, 0});
}

// A node that is down or paused hears no report.
void Traffic::report() {
  schedule();
  const core::LightsPlan& plan = scenario_.group.city.lights;
  auto rng = core::Rng::stream(seed_, core::Purpose::lamp, {turn_++});
  const core::LightsDemand demand{.lamp = {static_cast<std::uint32_t>(rng.below(plan.intersections)),
                                           static_cast<std::uint32_t>(rng.below(plan.approaches))},
                                  .cars = 1 + static_cast<std::uint32_t>(rng.below(kMostCars))};
  const Member keeper = plan.keeper_of(demand.lamp, scenario_.group.size());
  if (machines_.life(keeper) == Life::up) machines_.submit(keeper, traffic_load(scenario_), core::event_of(demand));
}

}  // namespace sim
