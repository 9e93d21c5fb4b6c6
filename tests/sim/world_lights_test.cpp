// Lamps in whole runs: what they do when their nodes are stopped, dead or cut off, and random trouble of all sorts.
#include <array>
#include <catch2/catch.hpp>
#include <set>

#include "core/base/rng.hpp"
#include "core/group/settings.hpp"
#include "tests/sim/world_support.hpp"

using namespace world_test;
using core::Colour;

namespace {

sim::Scenario street(std::size_t nodes, Duration duration) {
  sim::Scenario scenario = scenario_of(nodes, duration);
  scenario.group.city.lights.intersections = 1;
  scenario.lights.emplace();
  core::seal(scenario.group);
  return scenario;
}

struct Change {
  core::Instant at, until;
};

// When the lamp that hangs at a node took a colour.
std::vector<Change> changes(const Run& run, Member node, Colour colour) {
  std::vector<Change> list;
  for (const Note& note : run.tape.of(Kind::light, node))
    if (note.more.light.colour == colour) list.push_back({note.record.at, note.more.light.until});
  return list;
}

}  // namespace

TEST_CASE("each lamp is green, yellow and red in turn, and says beforehand until when") {
  const Run result = run(street(4, Duration::s(60)));
  for (Member node = 0; node < 4; ++node) {
    const auto greens = changes(result, node, Colour::green), yellows = changes(result, node, Colour::yellow);
    REQUIRE(greens.size() >= 3);
    REQUIRE(yellows.size() >= 3);
    CHECK(yellows[0].at == greens[0].until);
    CHECK(changes(result, node, Colour::red)[0].at == yellows[0].until);
    CHECK(yellows[0].at - greens[0].at == Duration::s(5));
  }
}

TEST_CASE("a lamp goes on while its node is dead, paused or cut off, and is not green again before it is back") {
  const auto trouble = GENERATE(0, 1, 2);
  CAPTURE(trouble);
  sim::Scenario scenario = street(4, Duration::s(80));
  const std::vector<Change> before = changes(run(scenario), 0, Colour::green);
  const core::Instant green = before.at(1).at;
  const std::array<sim::Action, 3> actions{sim::Crash{named({0})}, sim::Pause{named({0})}, sim::Isolate{named({0})}};
  scenario.faults.push_back(
      at(green - core::Instant{} + Duration::ms(500), actions.at(static_cast<std::size_t>(trouble)), Duration::s(30)));
  const Run result = run(scenario);
  const auto greens = changes(result, 0, Colour::green), reds = changes(result, 0, Colour::red);
  REQUIRE(greens.size() > 2);
  CHECK(greens[1].at == green);
  CHECK(reds.at(1).at == green + Duration::s(7));
  CHECK(greens[2].at > green + Duration::s(30));
  CHECK(changes(result, 1, Colour::green).size() >= 4);  // the others go on
}

TEST_CASE("a lamp's own clock times its green") {
  sim::Scenario scenario = street(4, Duration::s(40));
  scenario.lights->lamp_drift_ppm = 100'000;
  const Run result = run(scenario);
  std::set<std::int64_t> spans;
  for (Member node = 0; node < 4; ++node)
    spans.insert((changes(result, node, Colour::yellow).at(0).at - changes(result, node, Colour::green).at(0).at).ns);
  CHECK(spans.size() == 4);
  CHECK(*spans.begin() > 4'500'000'000);
  CHECK(*spans.rbegin() < 5'600'000'000);
  CHECK(run(scenario).outcome.digest == result.outcome.digest);
  CHECK(run(scenario, 2).outcome.digest != result.outcome.digest);
}

TEST_CASE("cars are reported at running nodes, and change which phase is next") {
  sim::Scenario scenario = street(3, Duration::s(60));
  const auto plain = run(scenario).outcome.digest;
  scenario.group.city.lights.order = core::PhaseOrder::demand;
  scenario.lights->cars_every = Duration::ms(400);
  const Run result = run(scenario);
  CHECK(result.outcome.counts[static_cast<std::size_t>(Kind::submit)] > 150);
  CHECK(result.outcome.digest != plain);
  CHECK(result.outcome.judgement.violation_count == 0);
}

TEST_CASE("whatever happens to nodes and clocks, no conflicting greens, no short yellow, nobody starves") {
  const std::uint64_t seed = GENERATE(range<std::uint64_t>(1, 60));
  CAPTURE(seed);
  core::Rng rng{seed};
  const auto ms = [&](std::uint64_t least, std::uint64_t most) {
    return Duration::ms(static_cast<std::int64_t>(least + rng.below(most - least)));
  };
  sim::Scenario scenario = street(3 + rng.below(4), Duration::s(150));
  scenario.group.city.lights.approaches = 2 + static_cast<std::uint32_t>(rng.below(4));
  scenario.lights->lamp_drift_ppm = 1'000;
  for (Member node = 0; node < scenario.group.size(); ++node)
    scenario.faults.push_back(at(
        ms(0, 20'000), sim::ClockFault{named({node}), static_cast<std::int32_t>(rng.below(2'001)) - 1'000, Duration{}},
        Duration::s(125)));
  for (std::uint64_t i = 0; i < 6; ++i) {
    const std::array<sim::Action, 3> actions{sim::Crash{who(sim::Atom::Who::random)},
                                             sim::Pause{who(sim::Atom::Who::random, 2)},
                                             sim::Isolate{who(sim::Atom::Who::random)}};
    scenario.faults.push_back(at(ms(2'000, 50'000), actions.at(rng.below(3)), ms(100, 15'000)));
  }
  core::seal(scenario.group);
  const Run result = run(scenario, seed);
  CHECK(result.tape.of(Kind::light).size() > 40);
  for (const sim::Violation& violation : result.outcome.judgement.violations) {
    CAPTURE(violation.invariant, violation.detail);
    CHECK(false);
  }
}
