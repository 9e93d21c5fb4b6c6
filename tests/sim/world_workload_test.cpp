#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/world_support.hpp"

using namespace world_test;

namespace {

Run run_with(sim::SubmitLoad load, std::vector<sim::Fault> faults = {}) {
  sim::Scenario scenario = scenario_of(3, Duration::s(8));
  scenario.workload = {std::move(load)};
  scenario.faults = std::move(faults);
  return world_test::run(scenario);
}

}  // namespace

TEST_CASE("a rate is dealt round robin, from start on and before stop") {
  const Run run = run_with(load(Duration::ms(100), Duration::s(2), Duration::s(3)));
  const std::vector<Note> submitted = run.tape.of(Kind::submit);
  REQUIRE(submitted.size() == 10);
  for (std::size_t i = 0; i < submitted.size(); ++i) {
    CHECK(ms(submitted[i].record.at) == 2000 + 100 * static_cast<std::int64_t>(i));
    CHECK(submitted[i].record.node == i % 3);
    CHECK(submitted[i].record.id.member() == i % 3);
    CHECK(submitted[i].depends_on.empty());
  }
}

TEST_CASE("a node that is down or paused misses its turn") {
  const Run run = run_with(load(Duration::ms(100), Duration::s(2), Duration::s(3)),
                           {at(Duration::s(1), sim::Crash{named({0})}), at(Duration::s(1), sim::Pause{named({1})})});
  const std::vector<Note> submitted = run.tape.of(Kind::submit);
  CHECK(submitted.size() == 3);
  for (const Note& note : submitted) CHECK(note.record.node == 2);
}

TEST_CASE("a load that names a target deals to whoever that is at the moment") {
  sim::SubmitLoad to_the_lowest = load(Duration::ms(100), Duration::s(2), Duration::s(3));
  to_the_lowest.from = who(sim::Atom::Who::lowest);
  const Run run = run_with(to_the_lowest, {at(Duration::ms(2450), sim::Crash{named({0})})});
  const std::vector<Note> submitted = run.tape.of(Kind::submit);
  REQUIRE(submitted.size() == 10);
  for (std::size_t i = 0; i < 10; ++i) CHECK(submitted[i].record.node == (i < 5 ? 0 : 1));
}

TEST_CASE("in a chain each event depends on the one before, at another node") {
  const Run run = run_with(load(Duration::ms(100), Duration::s(2), Duration::s(3), 4));
  const std::vector<Note> submitted = run.tape.of(Kind::submit);
  REQUIRE(submitted.size() == 10);
  for (std::size_t i = 0; i < submitted.size(); ++i) {
    if (i % 4 == 0) {
      CHECK(submitted[i].depends_on.empty());
    } else {
      CHECK(submitted[i].depends_on == std::vector<core::EventId>{submitted[i - 1].record.id});
    }
  }
}

TEST_CASE("a chain ends where the last node cannot reach the next") {
  const Run run = run_with(load(Duration::ms(100), Duration::s(2), Duration::s(3), 9),
                           {at(Duration::s(1), sim::Cut{named({1}), named({2}), false})});
  const std::vector<Note> submitted = run.tape.of(Kind::submit);
  REQUIRE(submitted.size() == 10);
  for (std::size_t i = 1; i < submitted.size(); ++i) CHECK(submitted[i].depends_on.empty() == (i % 3 == 2));
}

TEST_CASE("a chain goes on from an event whose node died as it wrote its record") {
  const Run run = run_with(load(Duration::ms(100), Duration::s(2), Duration::s(3), 9),
                           {when(Kind::submit, 4, sim::Crash{who(sim::Atom::Who::it)})});
  const std::vector<Note> submitted = run.tape.of(Kind::submit);
  REQUIRE(submitted.size() == 8);  // n1 missed two turns
  CHECK(submitted[3].record.node == 0);
  CHECK(submitted[4].record.node == 1);
  CHECK(submitted[4].depends_on == std::vector<core::EventId>{submitted[3].record.id});  // its record was written
  CHECK(submitted[6].record.node == 1);
  CHECK(submitted[6].depends_on == std::vector<core::EventId>{submitted[5].record.id});
}
