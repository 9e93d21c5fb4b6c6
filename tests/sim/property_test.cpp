// Hundreds of random crash and partition schedules, under every invariant of the core.
#include <catch2/catch.hpp>

#include <string>

#include "sim/world/replay.hpp"
#include "tests/sim/random_scenario.hpp"

namespace {

// Faults are drawn blindly, so some find no target; that alone is no failure here.
std::string what_broke(const sim::Judgement& judgement) {
  std::string out;
  for (const sim::Violation& violation : judgement.violations)
    out += violation.invariant + ": " + violation.detail + "\n";
  for (const sim::Expectation& expectation : judgement.expectations)
    if (!expectation.held && expectation.name != "faults") out += expectation.name + ": " + expectation.detail + "\n";
  return out;
}

}  // namespace

TEST_CASE("random schedules break no invariant and lose nothing") {
  std::uint64_t delivered = 0, crashes = 0, settled = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const sim::Outcome outcome = sim::replay(sim::random_scenario(seed), seed);
    REQUIRE(what_broke(outcome.judgement) == "");
    delivered += outcome.count(core::Kind::deliver);
    crashes += outcome.count(core::Kind::crash);
    if (outcome.judgement.leader != core::kNobody) ++settled;
  }
  // It would pass as well if nothing happened; it did.
  CHECK(delivered > 300 * 500);
  CHECK(crashes > 300);
  CHECK(settled == 300);
}

TEST_CASE("without a quorum the same schedules break the order") {
  std::uint64_t broken = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    sim::Scenario scenario = sim::random_scenario(seed);
    scenario.group.quorum = core::Quorum::none;
    if (!sim::replay(scenario, seed).judgement.violations.empty()) ++broken;
  }
  CHECK(broken > 10);
}
