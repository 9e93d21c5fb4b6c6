// workload: traffic lights: their plan, which all nodes share, and what moves them.
#include <algorithm>

#include "sim/scenario/parts.hpp"

namespace sim {
namespace {

constexpr Duration kLongest = Duration::s(3'600);

void decode_phases(Fields& fields, core::LightsPlan& plan) {
  fields.duration("green", plan.green, Duration::ms(100), kLongest);
  fields.duration("yellow", plan.yellow, Duration::ms(100), kLongest);
  fields.duration("all_red", plan.all_red, {}, kLongest);
  plan.min_green = std::min(plan.min_green, plan.green);
  fields.duration("min_green", plan.min_green, {}, plan.green);
}

// Where phases come by demand, cars are reported; else nobody would ask for them.
void decode_cars(Fields& fields, LightsLoad& load, const core::LightsPlan& plan, Context& context) {
  if (plan.order == core::PhaseOrder::demand) load.cars_every = Duration::s(1);
  fields.duration("cars_every", load.cars_every, Duration::ms(10), kLongest);
  if (fields.has("cars_every") && plan.order != core::PhaseOrder::demand)
    context.problems.add(fields.key("cars_every"), "cars_every: cars are counted with plan: demand only");
}

}  // namespace

void decode_lights(const yaml::Node& node, Context& context) {
  if (context.scenario.lights) context.problems.add(node, "lights: they are planned already; keep one item");
  Fields fields(node, "lights", context.problems);
  core::LightsPlan plan;
  LightsLoad load;
  plan.intersections = 1;
  fields.count("intersections", plan.intersections, 1, 100);
  fields.count("approaches", plan.approaches, 2, 16);
  decode_phases(fields, plan);
  using core::PhaseOrder;
  fields.choice<PhaseOrder>("plan", plan.order,
                            {{"round_robin", PhaseOrder::round_robin}, {"demand", PhaseOrder::demand}});
  fields.truth("leases", plan.leases);
  fields.get("lamp_drift", load.lamp_drift_ppm, parse_share);
  if (load.lamp_drift_ppm > kMostLampDrift)
    context.problems.add(fields.value("lamp_drift"), "lamp_drift: a clock drifts by at most a fifth: 200000ppm");
  decode_cars(fields, load, plan, context);
  fields.finish();
  context.scenario.group.city.lights = plan;
  context.scenario.lights = load;
}

}  // namespace sim
