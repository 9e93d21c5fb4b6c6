// Hundreds of random crash and partition schedules, under every invariant of the core.
#include <catch2/catch.hpp>

#include <algorithm>
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

bool halted(const sim::Judgement& judgement) {
  return std::any_of(judgement.notes.begin(), judgement.notes.end(),
                     [](const std::string& note) { return note.starts_with("halted by design"); });
}

}  // namespace

TEST_CASE("random schedules break no invariant and lose nothing") {
  std::uint64_t delivered = 0, crashes = 0, snapshots = 0, leaves = 0, settled = 0, halts = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const sim::Outcome outcome = sim::replay(sim::random_scenario(seed), seed);
    REQUIRE(what_broke(outcome.judgement) == "");
    delivered += outcome.count(core::Kind::deliver);
    crashes += outcome.count(core::Kind::crash);
    snapshots += outcome.count(core::Kind::snapshot);
    leaves += outcome.count(core::Kind::leave);
    if (outcome.judgement.leader != core::kNobody)
      ++settled;
    else if (halted(outcome.judgement))
      ++halts;
  }
  // It would pass as well if nothing happened; it did.
  CHECK(delivered > 300 * 500);
  CHECK(crashes > 300);
  CHECK(snapshots > 50);
  CHECK(leaves > 50);
  CHECK(settled + halts == 300);
  CHECK(halts < 30);  // groups of which fewer than a quorum remember
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
