// Events that the scenario names one by one.
#include <catch2/catch.hpp>

#include "tests/sim/world_support.hpp"

using namespace world_test;

namespace {

sim::PlannedEvent event(const std::string& name, Member from, Duration when, std::vector<std::uint32_t> after = {}) {
  return {.name = name, .from = from, .at = when, .after = std::move(after), .size = 10};
}

Run run_with(std::vector<sim::PlannedEvent> events, std::vector<sim::Fault> faults = {}) {
  sim::Scenario scenario = scenario_of(3, Duration::s(8));
  scenario.events = std::move(events);
  scenario.faults = std::move(faults);
  return world_test::run(scenario);
}

}  // namespace

TEST_CASE("each planned event is submitted once, at its node and time, after those that it names") {
  const Run run = run_with(
      {event("a", 2, Duration::s(3)), event("b", 0, Duration::ms(2'500)), event("c", 1, Duration::s(4), {0, 1})});
  const std::vector<Note> submitted = run.tape.of(Kind::submit);
  REQUIRE(submitted.size() == 3);
  const Note &b = submitted[0], &a = submitted[1], &c = submitted[2];
  CHECK((b.record.node == 0 && ms(b.record.at) == 2'500 && b.depends_on.empty()));
  CHECK((a.record.node == 2 && ms(a.record.at) == 3'000 && a.depends_on.empty()));
  CHECK((c.record.node == 1 && ms(c.record.at) == 4'000));
  CHECK(c.depends_on == std::vector{a.record.id, b.record.id});
  CHECK(run.tape.of(Kind::deliver, 0).size() >= 3);
  CHECK(run.outcome.judgement.passed);
}

TEST_CASE("a planned event whose node is down misses its turn, and nobody depends on it") {
  const Run run =
      run_with({event("a", 0, Duration::s(3)), event("b", 1, Duration::s(3)), event("c", 2, Duration::s(4), {0, 1})},
               {at(Duration::s(2), sim::Crash{named({0})})});
  const std::vector<Note> submitted = run.tape.of(Kind::submit);
  REQUIRE(submitted.size() == 2);
  CHECK(submitted[0].record.node == 1);
  CHECK(submitted[1].depends_on == std::vector{submitted[0].record.id});
}

TEST_CASE("what is not accepted yet when its dependant is submitted does not count") {
  sim::Scenario scenario = scenario_of(3, Duration::s(8));
  scenario.disk_latency = {sim::Latency::Shape::fixed, Duration::ms(20), {}};
  scenario.events = {event("a", 0, Duration::s(3)), event("b", 1, Duration::ms(3'010), {0}),
                     event("c", 2, Duration::ms(3'030), {0, 1})};
  const Run run = world_test::run(scenario);
  const std::vector<Note> submitted = run.tape.of(Kind::submit);
  REQUIRE(submitted.size() == 3);
  CHECK(submitted[1].depends_on.empty());
  CHECK(submitted[2].depends_on == std::vector{submitted[0].record.id});
}
