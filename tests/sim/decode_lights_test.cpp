// The lights in a scenario file: what they may say, what is there if they do not, and what is wrong with them.
#include "tests/sim/decode_support.hpp"

using namespace decode_support;
using core::Duration;
using core::PhaseOrder;

namespace {

std::string lights(const std::string& keys) {
  return "workload: [{lights: {" + keys + "}}]\n";
}

}  // namespace

TEST_CASE("lights have a plan that all nodes share, and what moves them") {
  const sim::Scenario scenario = good(with_nodes(
      lights("intersections: 9, approaches: 3, green: 6s, yellow: 3s, all_red: 1500ms, min_green: 4s, plan: demand, "
             "leases: false, lamp_drift: 500ppm, cars_every: 2s")));
  const core::LightsPlan& plan = scenario.group.city.lights;
  CHECK(plan.intersections == 9);
  CHECK(plan.approaches == 3);
  CHECK(plan.green == Duration::s(6));
  CHECK(plan.yellow == Duration::s(3));
  CHECK(plan.all_red == Duration::ms(1'500));
  CHECK(plan.min_green == Duration::s(4));
  CHECK(plan.order == PhaseOrder::demand);
  CHECK_FALSE(plan.leases);
  REQUIRE(scenario.lights.has_value());
  CHECK(scenario.lights->lamp_drift_ppm == 500);
  CHECK(scenario.lights->cars_every == Duration::s(2));
}

TEST_CASE("lights that say nothing") {
  const sim::Scenario scenario = good(with_nodes(lights("")));
  const core::LightsPlan& plan = scenario.group.city.lights;
  CHECK(plan.intersections == 1);
  CHECK(plan.approaches == 4);
  CHECK(plan.green == Duration::s(5));
  CHECK(plan.yellow == Duration::s(2));
  CHECK(plan.all_red == Duration::s(1));
  CHECK(plan.min_green == Duration::s(2));
  CHECK(plan.order == PhaseOrder::round_robin);
  CHECK(plan.leases);
  CHECK(scenario.lights->lamp_drift_ppm == 0);
  CHECK(scenario.lights->cars_every == Duration{});
  CHECK(good(with_nodes(lights("plan: demand"))).lights->cars_every == Duration::s(1));
  CHECK(good(with_nodes(lights("green: 1s"))).group.city.lights.min_green == Duration::s(1));
}

TEST_CASE("the lights are among the settings on which a group agrees, also with a node whose timing differs") {
  const auto digest = [](const std::string& rest) { return good(with_nodes(rest)).group.digest; };
  CHECK(digest(lights("")) != digest(""));
  CHECK(digest(lights("")) != digest(lights("green: 6s")));
  CHECK(digest(lights("")) == digest(lights("lamp_drift: 200ppm")));
  const sim::Scenario other =
      good("version: 1\nnodes: [{name: a}, {name: b, timing: {retransmit: 1s}}]\n" + lights("green: 6s"));
  CHECK(other.own_settings.at(1).city.lights.green == Duration::s(6));
}

TEST_CASE("what is wrong with lights") {
  wrong(lights("intersections: 0"), "3:37: intersections: 0 is out of range; it must be from 1 to 100");
  wrong(lights("approaches: 1"), "3:34: approaches: 1 is out of range; it must be from 2 to 16");
  wrong(lights("green: 50ms"), "3:29: green: 50ms is out of range; it must be from 100ms to 1h");
  wrong(lights("min_green: 6s"), "3:33: min_green: 6s is out of range; it must be from 0s to 5s");
  wrong(lights("plan: rounds"), "3:28: plan: unknown value 'rounds'; known: round_robin, demand");
  wrong(lights("lamp_drift: 30%"), "3:34: lamp_drift: a clock drifts by at most a fifth: 200000ppm");
  wrong(lights("cars_every: 1s"), "3:22: cars_every: cars are counted with plan: demand only");
  wrong(lights("gren: 1s"), "3:22: unknown key 'gren' in lights; did you mean 'green'?");
  wrong("workload: [{lights: 3}]\n",
        "3:21: lights: keys with values are wanted, as in 'key: value', not the single value '3'");
  wrong("workload: [{lights: {}, from: n1}]\n", "3:25: unknown key 'from' in workload; known: lights, dispatch");
  wrong("workload: [{lights: {}}, {lights: {}}]\n", "3:35: lights: they are planned already; keep one item");
}
