// The clients of dispatch in small groups on a perfect network.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "core/group/settings.hpp"
#include "tests/sim/world_support.hpp"

using namespace world_test;
using core::Step;

namespace {

sim::Scenario city_of(std::size_t nodes, Duration duration, Duration stop) {
  sim::Scenario scenario = scenario_of(nodes, duration);
  scenario.group.city.dispatch.on = true;
  core::seal(scenario.group);
  sim::DispatchLoad load;
  load.cars = 3, load.ambulances = 2, load.hospitals = 2, load.beds = 2;
  load.start = Duration::s(3), load.stop = stop;
  load.crash_every = Duration::s(2), load.leg = Duration::s(1), load.handover = Duration::s(1);
  load.stay = Duration::s(6);
  scenario.dispatch = load;
  scenario.expect.completed_all = true;
  scenario.expect.settle = Duration::s(8);
  return scenario;
}

void check_passed(const Run& run) {
  for (const sim::Violation& violation : run.outcome.judgement.violations)
    UNSCOPED_INFO(violation.invariant << ": " << violation.detail);
  for (const sim::Expectation& expectation : run.outcome.judgement.expectations)
    UNSCOPED_INFO(expectation.name << ": " << expectation.detail);
  CHECK(run.outcome.judgement.passed);
}

// The dispatch records of one node.
std::vector<Note> steps_at(const Run& run, Member node) {
  return run.tape.of(Kind::dispatch, node);
}
std::size_t count(const std::vector<Note>& notes, Step step) {
  return static_cast<std::size_t>(
      std::count_if(notes.begin(), notes.end(), [&](const Note& note) { return note.more.dispatch.step == step; }));
}

}  // namespace

TEST_CASE("every crash is completed once, and every node tells the same story") {
  const Run run = world_test::run(city_of(3, Duration::s(40), Duration::s(20)));
  check_passed(run);
  const std::vector<Note> first = steps_at(run, 0);
  CHECK(count(first, Step::reported) == 9);
  CHECK(count(first, Step::completed) == 9);
  CHECK(count(first, Step::released) == 0);
  for (Member node = 1; node < 3; ++node) {
    const std::vector<Note> other = steps_at(run, node);
    REQUIRE(other.size() == first.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
      CHECK(other[i].more.dispatch.crash == first[i].more.dispatch.crash);
      CHECK(other[i].more.dispatch.step == first[i].more.dispatch.step);
      CHECK(other[i].more.dispatch.beds_free == first[i].more.dispatch.beds_free);
    }
  }
}

TEST_CASE("legs and handover take their time") {
  const Run run = world_test::run(city_of(3, Duration::s(40), Duration::s(20)));
  std::map<std::string, std::map<Step, std::int64_t>> times;
  for (const Note& note : steps_at(run, 0))
    times[note.more.dispatch.crash][note.more.dispatch.step] = ms(note.record.at);
  REQUIRE(times.size() == 9);
  for (auto& [crash, at] : times) {
    CAPTURE(crash);
    for (const auto& [from, to] :
         {std::pair{Step::dispatched, Step::arrived}, std::pair{Step::arrived, Step::transporting},
          std::pair{Step::transporting, Step::at_hospital}, std::pair{Step::at_hospital, Step::completed}}) {
      CHECK(at[to] - at[from] >= 1000);
      CHECK(at[to] - at[from] <= 1500);
    }
  }
}

TEST_CASE("beds are given back: more patients than beds are treated, never too many at a time") {
  sim::Scenario scenario = city_of(3, Duration::s(80), Duration::s(30));
  scenario.dispatch->hospitals = 1;
  const Run run = world_test::run(scenario);
  check_passed(run);
  std::int64_t least = 9;
  for (const Note& note : steps_at(run, 0)) least = std::min(least, note.more.dispatch.beds_free);
  CHECK(least == 0);
  CHECK(count(steps_at(run, 0), Step::completed) == 14);
}

TEST_CASE("clients of a dead server go to the next, and a report that is repeated is one crash") {
  sim::Scenario scenario = city_of(3, Duration::s(60), Duration::s(20));
  scenario.faults = {at(Duration::ms(9'020), sim::Crash{named({0})})};
  const Run run = world_test::run(scenario);
  check_passed(run);
  std::set<std::string> reported;
  for (const Note& note : steps_at(run, 1))
    if (note.more.dispatch.step == Step::reported) CHECK(reported.insert(note.more.dispatch.crash).second);
  CHECK(reported.size() == 9);
  CHECK(count(steps_at(run, 1), Step::completed) == 9);
}

TEST_CASE("a stopped server does not answer, and its clients lose patience") {
  sim::Scenario scenario = city_of(3, Duration::s(60), Duration::s(20));
  scenario.faults = {at(Duration::s(6), sim::Pause{named({0})})};
  const Run run = world_test::run(scenario);
  check_passed(run);
  CHECK(count(steps_at(run, 1), Step::completed) == 9);
}

TEST_CASE("an ambulance that is away for long gives its crash back; for a moment, it keeps it") {
  const bool for_long = GENERATE(true, false);
  sim::Scenario scenario = city_of(3, Duration::s(60), Duration::s(4));
  scenario.dispatch->ambulances = 1;
  scenario.dispatch->leg = Duration::s(4);
  scenario.group.city.dispatch.give_back = Duration::s(3);
  core::seal(scenario.group);
  scenario.dispatch->away = {{"ambulance1", Duration::s(6), for_long ? Duration::s(10) : Duration::s(2)}};
  const Run run = world_test::run(scenario);
  check_passed(run);
  CHECK(count(steps_at(run, 0), Step::released) == (for_long ? 1 : 0));
  CHECK(count(steps_at(run, 0), Step::completed) == 1);
}

TEST_CASE("the same seed, the same run; another seed, other places") {
  const sim::Scenario scenario = city_of(3, Duration::s(20), Duration::s(10));
  CHECK(world_test::run(scenario, 5).outcome.digest == world_test::run(scenario, 5).outcome.digest);
  CHECK_FALSE(world_test::run(scenario, 5).outcome.digest == world_test::run(scenario, 6).outcome.digest);
}
