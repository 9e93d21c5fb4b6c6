// When faults strike, whom, what they write, and how they end.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/world_support.hpp"

using namespace world_test;
using Who = sim::Atom::Who;
using Members = std::vector<Member>;

namespace {

std::vector<std::int64_t> times(const std::vector<Note>& notes) {
  std::vector<std::int64_t> times;
  for (const Note& note : notes) times.push_back(ms(note.record.at));
  return times;
}

std::vector<Kind> kinds(const std::vector<Note>& notes) {
  std::vector<Kind> kinds;
  for (const Note& note : notes) kinds.push_back(note.record.kind);
  return kinds;
}

// What faults do to nodes, in order.
std::vector<Note> deeds(const Run& run) {
  return run.tape.those([](const Note& note) {
    const Kind kind = note.record.kind;
    return kind == Kind::fault || kind == Kind::heal || kind == Kind::crash || kind == Kind::restart ||
           kind == Kind::pause || kind == Kind::resume;
  });
}

// The sentence of the fault that failed the run, or "".
std::string problem(const Run& run) {
  for (const sim::Expectation& expectation : run.outcome.judgement.expectations)
    if (expectation.name == "faults" && !expectation.held) return expectation.detail;
  return "";
}

sim::Scenario with(std::vector<sim::Fault> faults, Duration duration = Duration::s(8)) {
  sim::Scenario scenario = scenario_of(5, duration);
  scenario.faults = std::move(faults);
  return scenario;
}

}  // namespace

TEST_CASE("a crash with an end: fault, crash, heal, restart, each at its time") {
  const Run run = world_test::run(with(
      {at(Duration::s(1), sim::Pause{named({0})}), at(Duration::s(2), sim::Crash{named({1, 2})}, Duration::s(3))}));
  const std::vector<Note> notes = deeds(run);
  REQUIRE(kinds(notes) == std::vector<Kind>{Kind::fault, Kind::pause, Kind::fault, Kind::crash, Kind::crash, Kind::heal,
                                            Kind::restart, Kind::restart});
  CHECK(times(notes) == std::vector<std::int64_t>{1000, 1000, 2000, 2000, 2000, 5000, 5000, 5000});
  CHECK(notes[2].record.number == 1);  // counted from 0
  CHECK(notes[2].more.text == "crash");
  CHECK(notes[2].more.nodes == Members{1, 2});
  CHECK(notes[5].more.nodes == Members{1, 2});
  CHECK(notes[6].record.number == 2);  // its second incarnation
  CHECK(problem(run).empty());
}

TEST_CASE("the end of a crash restarts nobody who lives again or died anew") {
  const Run run = world_test::run(
      with({at(Duration::s(1), sim::Crash{named({0, 1})}, Duration::s(4)),
            at(Duration::s(2), sim::Restart{who(Who::crashed)}), at(Duration::s(3), sim::Crash{named({1})})}));
  CHECK(run.tape.of(Kind::restart).size() == 2);
  CHECK(run.tape.of(Kind::heal).size() == 1);
}

TEST_CASE("links are closed before the fault is written and open again when it heals") {
  const Run run =
      world_test::run(with({at(Duration::s(1), sim::Partition{{named({0, 1}), named({2, 3})}}, Duration::s(2))}));
  const Note fault = run.tape.of(Kind::fault).at(0), heal = run.tape.of(Kind::heal).at(0);
  CHECK(fault.more.text == "partition");
  CHECK(fault.more.nodes == Members{0, 1, 2, 3});
  CHECK(fault.more.closed.size() == 16);  // of 20, 0-1 and 2-3 are open, both ways
  CHECK(std::is_sorted(fault.more.closed.begin(), fault.more.closed.end()));
  CHECK(heal.more.closed.empty());
  CHECK(heal.more.nodes == fault.more.nodes);
  for (const Note& note : run.tape.of(Kind::drop)) CHECK(note.more.text == "closed");
  const auto crossed = run.tape.those([&](const Note& note) {
    const bool during = note.record.at > fault.record.at && note.record.at <= heal.record.at;
    return note.record.kind == Kind::recv && during && (note.record.node < 2) != (note.record.peer < 2);
  });
  CHECK(crossed.empty());
}

TEST_CASE("each isolated node is alone, a cut is one-way, a link fault closes nothing") {
  const Run run = world_test::run(with({at(Duration::s(1), sim::Isolate{named({0, 1})}, Duration::s(1)),
                                        at(Duration::s(3), sim::Cut{named({0}), named({1}), false}, Duration::s(1)),
                                        at(Duration::s(5), sim::LinkFault{who(Who::all), named({1}), {}, false})}));
  const std::vector<Note> faults = run.tape.of(Kind::fault);
  REQUIRE(faults.size() == 3);
  CHECK(faults[0].more.closed.size() == 14);
  CHECK(faults[1].more.closed == std::vector<core::Link>{{0, 1}});
  CHECK(faults[1].more.nodes == Members{0, 1});
  CHECK(faults[2].more.closed.empty());
  CHECK(faults[2].more.text == "link");
}

TEST_CASE("of several faults of one link the one that began last is in force, key by key, and then the earlier again") {
  const auto slow = [](std::int64_t latency) {
    sim::LinkPatch patch;
    patch.latency = sim::Latency{sim::Latency::Shape::fixed, Duration::ms(latency), {}};
    return sim::LinkFault{named({0}), named({1}), patch, false};
  };
  sim::LinkPatch doubles;
  doubles.duplicate_ppm = 1'000'000;
  const Run run =
      world_test::run(with({at(Duration::s(1), slow(20), Duration::s(5)), at(Duration::s(2), slow(50), Duration::s(2)),
                            at(Duration::s(3), sim::LinkFault{named({0}), named({1}), doubles, false}),
                            at(Duration::s(3), slow(90), Duration::s(4))}));
  // How long the messages took that were sent from n1 to n2 in a second, and how many copies arrived.
  const auto travels = [&](std::int64_t from, std::int64_t latency, std::size_t copies) {
    std::size_t sent = 0;
    for (const Note& send : run.tape.of(Kind::send, 0)) {
      if (send.record.peer != 1 || ms(send.record.at) < from + 100 || ms(send.record.at) >= from + 900) continue;
      ++sent;
      const std::vector<Note> got = run.tape.those(
          [&](const Note& note) { return note.record.kind == Kind::recv && note.record.number == send.record.number; });
      REQUIRE(got.size() == copies);
      for (const Note& recv : got)
        CHECK(ms(recv.record.at + Duration::us(500)) == ms(send.record.at + Duration::us(500)) + latency);
    }
    CHECK(sent > 0);
  };
  travels(0, 2, 1);
  travels(1'000, 20, 1);
  travels(2'000, 50, 1);
  travels(3'000, 90, 2);
  travels(4'000, 90, 2);  // the second has ended under the third
  travels(6'000, 90, 2);  // and the first
  travels(7'000, 2, 2);
}

TEST_CASE("heal: all opens links and resumes, but leaves the dead down; what it healed does not end twice") {
  const Run run = world_test::run(
      with({at(Duration::s(1), sim::Isolate{named({0})}, Duration::s(5)),
            at(Duration::s(1), sim::Pause{named({1})}, Duration::s(5)),
            at(Duration::s(1), sim::Crash{named({2})}, Duration::s(5)), at(Duration::s(2), sim::HealAll{})}));
  const std::vector<Note> notes = deeds(run);
  REQUIRE(kinds(notes) == std::vector<Kind>{Kind::fault, Kind::fault, Kind::pause, Kind::fault, Kind::crash,
                                            Kind::fault, Kind::resume, Kind::heal, Kind::restart});
  CHECK(notes[5].more.text == "heal");
  CHECK(notes[5].more.closed.empty());
  CHECK(ms(notes[6].record.at) == 2000);
  CHECK(notes[7].record.number == 2);
  CHECK(ms(notes[8].record.at) == 6000);
}

TEST_CASE("a repeated fault strikes until its last instant, each time somebody else") {
  sim::Fault fault = at(Duration{}, sim::Pause{who(Who::random)}, Duration::ms(100));
  fault.trigger = sim::Every{Duration::ms(500), Duration::s(1), Duration::s(7)};
  const Run run = world_test::run(with({fault}));
  const std::vector<Note> paused = run.tape.of(Kind::pause);
  REQUIRE(paused.size() == 13);
  CHECK(ms(paused.front().record.at) == 1000);
  CHECK(ms(paused.back().record.at) == 7000);
  CHECK(run.tape.of(Kind::resume).size() == 13);
  std::vector<bool> struck(5);
  for (const Note& note : paused) struck[note.record.node] = true;
  CHECK(std::count(struck.begin(), struck.end(), true) >= 3);
}

TEST_CASE("a fault waits for the nth record of a kind, and for its plus") {
  sim::Fault fault = when(Kind::recv, 12, sim::Pause{who(Who::it)});
  std::get<sim::When>(fault.trigger).plus = Duration::ms(30);
  const Run run = world_test::run(with({fault}));
  const Note& twelfth = run.tape.notes[run.tape.place(Kind::recv, 12)];
  const Note paused = run.tape.of(Kind::pause).at(0);
  CHECK(paused.record.at == twelfth.record.at + Duration::ms(30));
  CHECK(paused.record.node == twelfth.record.node);
}

TEST_CASE("faults may set each other off") {
  const Run run =
      world_test::run(with({at(Duration::s(1), sim::Crash{named({3})}), when(Kind::crash, 1, sim::Crash{named({2})}),
                            when(Kind::crash, 2, sim::Restart{who(Who::crashed)}),
                            when(Kind::fault, 1, sim::Pause{named({0})}), when(Kind::pause, 1, sim::HealAll{})}));
  const std::vector<Note> notes = deeds(run);
  REQUIRE(kinds(notes) == std::vector<Kind>{Kind::fault, Kind::crash, Kind::fault, Kind::pause, Kind::fault,
                                            Kind::crash, Kind::fault, Kind::resume, Kind::fault, Kind::restart,
                                            Kind::restart});
  for (const Note& note : notes) CHECK(ms(note.record.at) == 1000);
  CHECK(problem(run).empty());
}

TEST_CASE("a node that is crashed and restarted within its own step does not finish that step") {
  const Run run = world_test::run(
      with({when(Kind::send, 1, sim::Crash{who(Who::it)}), when(Kind::crash, 1, sim::Restart{who(Who::crashed)})}));
  const std::size_t restart = run.tape.place(Kind::restart);
  REQUIRE(restart == run.tape.place(Kind::crash) + 2);  // the second fault in between
  CHECK(run.tape.notes[restart].record.number == 2);
  const Member node = run.tape.notes[restart].record.node;
  CHECK(run.tape.of(Kind::recv, node).size() > 10);  // it lives again
}

TEST_CASE("a fault that finds nobody or never comes is a problem, in words") {
  const auto said = [](sim::Fault fault) { return problem(world_test::run(with({std::move(fault)}, Duration::s(2)))); };
  using Catch::Matchers::Contains;
  CHECK_THAT(said(at(Duration::s(1), sim::Restart{who(Who::crashed)})),
             Contains("test.yaml:7: restart at 1s found no target"));
  CHECK_THAT(said(at(Duration::ms(1500), sim::Restart{named({0})})), Contains("restart at 1500ms found no target"));
  CHECK_THAT(said(when(Kind::violation, 3, sim::HealAll{})),
             Contains("test.yaml:8: heal at `violation` record 3 never struck"));
  CHECK_THAT(said(when(Kind::start, 1, sim::Restart{who(Who::it)})), Contains("found no target"));
  sim::Fault late = when(Kind::start, 1, sim::Pause{who(Who::it)});
  std::get<sim::When>(late.trigger).plus = Duration::s(5);
  CHECK_THAT(said(late), Contains("ended before it was due"));
  sim::Fault repeated = at(Duration{}, sim::Restart{who(Who::crashed)});
  repeated.trigger = sim::Every{Duration::s(1), Duration::s(1), Duration::s(2)};
  CHECK_THAT(said(repeated), Contains("every 1s found no target in 2 tries"));
}

TEST_CASE("crashing the dead and pausing the paused strikes nobody") {
  CHECK(!problem(world_test::run(
                     with({at(Duration::s(1), sim::Crash{named({0})}), at(Duration::s(2), sim::Crash{named({0})})})))
             .empty());
  CHECK(!problem(world_test::run(
                     with({at(Duration::s(1), sim::Pause{named({0})}), at(Duration::s(2), sim::Pause{named({0})})})))
             .empty());
  CHECK(problem(world_test::run(
                    with({at(Duration::s(1), sim::Pause{named({0})}), at(Duration::s(2), sim::Crash{named({0})})})))
            .empty());
}
