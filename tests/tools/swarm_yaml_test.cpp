// What is drawn at random can be written as a file, and is the same when it is read again.
#include <catch2/catch.hpp>

#include "sim/hunt/swarm.hpp"
#include "sim/scenario/decode.hpp"
#include "sim/world/replay.hpp"
#include "tools/scenario_yaml.hpp"

namespace {

// The scenario in the text; fails the test if it is none.
sim::Scenario read(const std::string& text) {
  auto decoded = sim::decode(text, "drawn.yaml");
  if (const auto* problems = std::get_if<std::vector<sim::Problem>>(&decoded))
    FAIL(describe(problems->front(), "drawn.yaml"));
  return std::get<sim::Scenario>(std::move(decoded));
}

void check_file(const sim::Scenario& scenario) {
  const std::string text = tools::scenario_yaml(scenario);
  const sim::Scenario back = read(text);
  CHECK(tools::scenario_yaml(back) == text);
  CHECK(back.expect.settle == scenario.expect.settle);
  if (scenario.seed % 25 == 0)
    CHECK(sim::replay(back, scenario.seed).digest == sim::replay(scenario, scenario.seed).digest);
}

}  // namespace

TEST_CASE("every scenario that is drawn is a file that can be read") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    check_file(sim::swarm(seed));
  }
}

TEST_CASE("every variation of a scenario is a file that can be read") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    check_file(sim::vary(sim::swarm(seed % 20), seed));
  }
}
