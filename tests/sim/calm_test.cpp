// The calm after the storm: whom it means is healed, everything else stays as it is.
#include <catch2/catch.hpp>

#include "tests/sim/records.hpp"
#include "tests/sim/world_support.hpp"

using namespace world_test;

namespace {

sim::Fault every(Duration interval, sim::Action action) {
  return {.trigger = sim::Every{interval, interval, Duration::s(9)}, .action = std::move(action), .lasts = {}};
}

Run run_with(std::vector<sim::Fault> faults, std::size_t size = 5) {
  sim::Scenario scenario = scenario_of(size, Duration::s(10));
  scenario.faults = std::move(faults);
  return world_test::run(scenario);
}

const sim::Calm kFirstThree{named({0, 1, 2})};

std::vector<Note> after(const Run& run, Kind kind, std::int64_t from_ms) {
  return run.tape.those([=](const Note& note) { return note.record.kind == kind && ms(note.record.at) > from_ms; });
}

// Why the `faults` expectation was not held; "": it was.
std::string problem_of(const Run& run) {
  for (const sim::Expectation& expectation : run.outcome.judgement.expectations)
    if (expectation.name == "faults" && !expectation.held) return expectation.detail;
  return "";
}

}  // namespace

TEST_CASE("calm starts the crashed and the paused again, of those that it means") {
  const Run run = run_with({at(Duration::s(1), sim::Crash{named({0, 3})}, Duration::s(8)),
                            at(Duration::s(2), sim::Pause{named({1, 4})}), at(Duration::s(4), kFirstThree)});
  const std::vector<Note> restarts = run.tape.of(Kind::restart), resumes = run.tape.of(Kind::resume);
  REQUIRE((restarts.size() == 1 && resumes.size() == 1));
  CHECK((restarts[0].record.node == 0 && ms(restarts[0].record.at) == 4'000));
  CHECK((resumes[0].record.node == 1 && ms(resumes[0].record.at) == 4'000));
  CHECK(run.tape.of(Kind::heal).empty());  // the `for` of n4's crash never ends
}

TEST_CASE("calm opens the links between those that it means, and no others") {
  const Run run =
      run_with({at(Duration::s(1), sim::Isolate{named({0, 3})}, Duration::s(5)),
                at(Duration::s(2), sim::Cut{named({1}), named({2}), false}), at(Duration::s(4), kFirstThree)});
  const std::vector<Note> faults = run.tape.of(Kind::fault);
  REQUIRE(faults.size() == 3);
  CHECK(faults[2].more.text == "calm");
  CHECK(faults[2].more.nodes == std::vector<Member>{0, 1, 2});
  CHECK(faults[2].more.closed ==
        std::vector<core::Link>{{0, 3}, {0, 4}, {1, 3}, {2, 3}, {3, 0}, {3, 1}, {3, 2}, {3, 4}, {4, 0}, {4, 3}});
}

TEST_CASE("calm ends link faults between those that it means") {
  sim::LinkPatch lossy;
  lossy.loss_ppm = 1'000'000;
  const Run run =
      run_with({at(Duration::s(1), sim::LinkFault{who(sim::Atom::Who::all), who(sim::Atom::Who::all), lossy, false}),
                at(Duration::s(4), kFirstThree)});
  for (const Note& note : after(run, Kind::recv, 4'000)) CHECK((note.record.node < 3 && note.record.peer < 3));
  CHECK(after(run, Kind::recv, 4'000).size() > 10);
  for (const Note& note : after(run, Kind::drop, 4'000)) CHECK((note.record.node > 2 || note.record.peer > 2));
}

TEST_CASE("calm makes clocks and disks sound") {
  const sim::DiskFault full{.what = sim::DiskFault::What::full, .who = named({0, 3})};
  const sim::ClockFault fast{.who = named({1, 4}), .drift_ppm = 200'000, .step = {}};
  const Run run = run_with({at(Duration::ms(3'990), full), at(Duration::s(1), fast), at(Duration::s(4), kFirstThree),
                            at(Duration::s(5), sim::Crash{named({4})})});
  const auto beats = [&](Member node, Member to) {
    return run.tape
        .those([&](const Note& note) {
          return note.record.kind == Kind::send && note.record.node == node && note.record.peer == to &&
                 note.record.type == core::MessageType::heartbeat && ms(note.record.at) >= 5'000;
        })
        .size();
  };
  CHECK(beats(1, 0) == beats(0, 1));
  CHECK(beats(4, 0) > beats(0, 4));
}

TEST_CASE("after a calm no fault strikes, and one that it kept from striking is no problem") {
  const Run run = run_with({every(Duration::s(3), sim::Isolate{named({4})}), at(Duration::s(4), kFirstThree),
                            at(Duration::s(5), sim::Crash{named({0})}), every(Duration::s(5), sim::Crash{named({1})}),
                            when(Kind::crash, 1, sim::Pause{named({2})}), at(Duration::s(3), sim::Crash{named({3})}),
                            at(Duration::s(6), sim::Calm{named({3})})});
  CHECK(after(run, Kind::fault, 4'000).empty());
  CHECK(run.tape.of(Kind::fault).size() == 4);
  CHECK(after(run, Kind::crash, 4'000).empty());
  CHECK(problem_of(run).empty());
}

TEST_CASE("a fault that found nobody before the calm, or never fired, is a problem all the same") {
  CHECK_THAT(problem_of(run_with({at(Duration::s(1), sim::Restart{named({0})}), at(Duration::s(4), kFirstThree)})),
             Catch::Contains("found no target"));
  CHECK_THAT(problem_of(run_with({when(Kind::crash, 1, sim::Pause{named({0})}), at(Duration::s(4), kFirstThree)})),
             Catch::Contains("never struck"));
}

TEST_CASE("members join and events are submitted in the calm as before") {
  sim::Scenario scenario = scenario_of(4, Duration::s(10));
  scenario.group.members[3].founder = false;
  scenario.faults = {at(Duration::s(1), sim::Crash{named({0})}),
                     at(Duration::s(3), sim::Calm{who(sim::Atom::Who::all)})};
  scenario.membership = {{.kind = sim::MembershipChange::Kind::join, .who = named({3}), .at = Duration::s(5)}};
  scenario.workload = {load(Duration::ms(100), Duration::s(2), Duration::s(7))};
  const Run run = world_test::run(scenario);
  REQUIRE(run.tape.of(Kind::restart).size() == 1);  // n4 is not there yet, so it is none of the crashed
  CHECK(run.tape.of(Kind::restart)[0].record.node == 0);
  CHECK(run.tape.of(Kind::start, 3).size() == 1);
  CHECK(after(run, Kind::submit, 3'000).size() >= 30);
}

TEST_CASE("liveness: a calm is a disturbance, and a link fault among those that it means is over") {
  using records::n1, records::n2, records::n3, records::n5;
  records::Tape tape{5};
  tape.start_all().lead(n5, 1).at_s(1).fault("link", 0, {}, {n1, n2}).fault("link", 0, {}, {n1, n2});
  SECTION("settled from `settle` after it") {
    tape.at_s(10).fault("calm", 1, {}, {n2, n3, n1}).at_s(20).follow(n5, 1).at_s(21).lead(n5, 2);
    tape.at_s(28).follow(n5, 2).at_s(40);
    CHECK(tape.broken() == std::set<std::string>{"bully", "liveness"});
    CHECK(tape.fresh[0].detail ==
          "n1, n2, n3, n4 and n5 had no leader from 28.000 s to 40.000 s, though nothing was disturbed since 10.000 s");
  }
  SECTION("a link fault that remains on other links is still in force") {
    tape.at_s(10).fault("calm", 1, {}, {n1, n3, n5}).at_s(28).follow(n5, 1).at_s(40);
    CHECK(tape.broken().empty());
  }
  SECTION("one that is undone counts no more, one that goes on does") {
    tape.at_s(10).heal("link", 0, {}, {n1, n2}).at_s(28).follow(n5, 1).at_s(40);
    CHECK(tape.broken().empty());
  }
}
