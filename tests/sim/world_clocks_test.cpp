// Clocks that run wrong: what follows their time, what does not, and how it ends.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/world_support.hpp"

using namespace world_test;
using Who = sim::Atom::Who;

namespace {

sim::ClockFault drift(sim::Target target, std::int32_t ppm) {
  return {.who = std::move(target), .drift_ppm = ppm, .step = {}};
}

bool is_fault(const Note& note) {
  return note.record.kind == Kind::fault || note.record.kind == Kind::heal;
}

// When a node that is alone sends its heartbeats, in whole milliseconds.
std::vector<std::int64_t> beats(const sim::Scenario& scenario) {
  const Run run = world_test::run(scenario);
  std::vector<std::int64_t> times;
  for (const Note& note : run.tape.of(Kind::send, 0))
    if (note.record.type == core::MessageType::heartbeat && note.record.peer == 1) times.push_back(ms(note.record.at));
  return times;
}

std::size_t between(const std::vector<std::int64_t>& times, std::int64_t from, std::int64_t to) {
  return static_cast<std::size_t>(
      std::count_if(times.begin(), times.end(), [=](std::int64_t time) { return from < time && time <= to; }));
}

// Every record but faults and heals, as text.
std::string without_faults(const Run& run) {
  std::string out;
  for (const Note& note : run.tape.notes) {
    const core::Record& r = note.record;
    if (is_fault(note)) continue;
    for (const std::uint64_t part : {static_cast<std::uint64_t>(r.at.ns), static_cast<std::uint64_t>(r.kind),
                                     std::uint64_t{r.node}, std::uint64_t{r.peer}, r.epoch, r.seq, r.id.number})
      out += std::to_string(part) + " ";
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("heartbeats follow the clock of their node") {
  sim::Scenario scenario = scenario_of(2, Duration::s(300));
  const auto in_100_s = [&](std::int32_t ppm, std::int64_t from) {
    scenario.faults = {at(Duration::s(100), drift(named({0}), ppm), Duration::s(100))};
    return between(beats(scenario), from, from + 100'000);
  };
  for (const std::int32_t ppm : {-200'000, -5'000, 5'000, 200'000}) {
    CAPTURE(ppm);
    CHECK(in_100_s(ppm, 0) == 200);
    const auto expected = static_cast<std::size_t>(200 + 200 * ppm / 1'000'000);
    const std::size_t found = in_100_s(ppm, 100'000);
    CHECK(found + 1 >= expected);
    CHECK(found <= expected + 1);
    CHECK(in_100_s(ppm, 200'000) == 200);
  }
}

TEST_CASE("a timer that was set before comes sooner on a clock that begins to run fast") {
  sim::Scenario scenario = scenario_of(2, Duration::s(10));
  const std::vector<std::int64_t> before = beats(scenario);
  const std::int64_t last = *std::find_if(before.begin(), before.end(), [](std::int64_t time) { return time > 5'000; });
  scenario.faults = {at(Duration::ms(last + 100), drift(named({0}), 200'000))};
  const std::vector<std::int64_t> after = beats(scenario);
  const std::int64_t next = *std::find_if(after.begin(), after.end(), [=](std::int64_t time) { return time > last; });
  CHECK(std::abs(next - (last + 100 + 400 * 10 / 12)) <= 1);
}

TEST_CASE("a step of the wall clock changes nothing but the faults' own records") {
  sim::Scenario scenario = scenario_of(5, Duration::s(20));
  scenario.workload = {load(Duration::ms(50), Duration::s(2), Duration::s(15), 3)};
  const Run plain = world_test::run(scenario);
  scenario.faults = {
      at(Duration::s(5), sim::ClockFault{.who = who(Who::all), .drift_ppm = {}, .step = Duration::s(3600)}),
      at(Duration::s(7), sim::ClockFault{.who = who(Who::leader), .drift_ppm = {}, .step = Duration::ms(-50)},
         Duration::s(1))};
  const Run stepped = world_test::run(scenario);
  CHECK(stepped.tape.of(Kind::fault).size() == 2);
  CHECK(stepped.tape.of(Kind::heal).size() == 1);
  CHECK(without_faults(stepped).size() > 100'000);
  CHECK(without_faults(stepped) == without_faults(plain));
  scenario.faults = {at(Duration::s(5), drift(who(Who::all), 100))};
  CHECK(without_faults(world_test::run(scenario)) != without_faults(plain));
}

TEST_CASE("of several drifts the one that began last is in force; heal: all ends them") {
  sim::Scenario scenario = scenario_of(2, Duration::s(500));
  scenario.faults = {at(Duration::s(100), drift(named({0}), 100'000)),
                     at(Duration::s(200), drift(who(Who::all), -100'000), Duration::s(100)),
                     at(Duration::s(400), sim::HealAll{})};
  const std::vector<std::int64_t> times = beats(scenario);
  const auto near = [&](std::int64_t from, std::size_t expected) {
    const std::size_t found = between(times, from, from + 100'000);
    return found + 1 >= expected && found <= expected + 1;
  };
  CHECK(near(0, 200));
  CHECK(near(100'000, 220));
  CHECK(near(200'000, 180));
  CHECK(near(300'000, 220));
  CHECK(near(400'000, 200));
}

TEST_CASE("a clock outlives the process, and a paused node wakes by it") {
  sim::Scenario scenario = scenario_of(3, Duration::s(60));
  scenario.faults = {at(Duration::s(1), drift(who(Who::all), -200'000)),
                     at(Duration::s(10), sim::Crash{named({0})}, Duration::s(2)),
                     at(Duration::s(20), sim::Pause{named({0})}, Duration::s(1))};
  const std::size_t late = between(beats(scenario), 30'000, 60'000);
  CHECK(late >= 47);
  CHECK(late <= 49);
}

TEST_CASE("drifting clocks disturb when they change, and may drift on while all is settled") {
  sim::Scenario scenario = scenario_of(3, Duration::s(60));
  scenario.workload = {load(Duration::ms(100), Duration::s(2), Duration::s(40))};
  scenario.expect.delivered_all = true;
  scenario.expect.final_leader = sim::Expect::FinalLeader{.who = sim::Expect::FinalLeader::Who::highest};
  scenario.faults = {at(Duration::s(1), drift(named({0}), 200'000)), at(Duration::s(1), drift(named({1}), -200'000))};
  const auto unsettled = [](const Run& run) {
    const std::vector<std::string>& notes = run.outcome.judgement.notes;
    return std::find(notes.begin(), notes.end(), "no settled period") != notes.end();
  };
  const Run calm = world_test::run(scenario);
  CHECK(calm.outcome.judgement.passed);
  CHECK_FALSE(unsettled(calm));
  sim::Fault again = at({}, drift(named({2}), 100), Duration::s(1));
  again.trigger = sim::Every{Duration::s(10), Duration::s(5), Duration::s(60)};
  scenario.faults.push_back(again);
  CHECK(unsettled(world_test::run(scenario)));
}
