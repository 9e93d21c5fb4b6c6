// Disks in a run: what waits for a sync, and what crashes, pauses and damage make of it.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/world_support.hpp"

using namespace world_test;
using Who = sim::Atom::Who;
using What = sim::DiskFault::What;

namespace {

sim::Latency fixed(Duration latency) {
  return {sim::Latency::Shape::fixed, latency, {}};
}

sim::DiskFault disk(sim::Target target, What what) {
  return {.what = what, .who = std::move(target)};
}

// Three nodes with a steady load, whose disks need that long.
sim::Scenario syncing(Duration latency, Duration duration = Duration::s(20)) {
  sim::Scenario scenario = scenario_of(3, duration);
  scenario.disk_latency = fixed(latency);
  scenario.workload = {load(Duration::ms(20), Duration::s(3), duration - Duration::s(5), 2)};
  scenario.expect.settle = Duration::s(5);
  return scenario;
}

std::size_t settled_elsewhere(const Run& run, Kind kind, core::EventId id) {
  return run.tape.those([&](const Note& n) { return n.record.kind == kind && n.record.id == id; }).size();
}

// How long each event took from its `submit` record to its `ack`, at least, in microseconds.
std::int64_t quickest_ack(const Run& run) {
  std::int64_t quickest = INT64_MAX;
  for (const Note& ack : run.tape.of(Kind::ack))
    for (const Note& submit : run.tape.of(Kind::submit, ack.record.node))
      if (submit.record.id == ack.record.id)
        quickest = std::min(quickest, (ack.record.at - submit.record.at).ns / 1'000);
  return quickest;
}

std::string broken(const Run& run) {
  std::string out;
  for (const sim::Violation& violation : run.outcome.judgement.violations)
    out += violation.invariant + ": " + violation.detail + "\n";
  return out;
}

}  // namespace

TEST_CASE("what a node says after it has written comes one sync later") {
  sim::Scenario scenario = syncing(Duration::ms(30));
  const Run slow = world_test::run(scenario);
  scenario.disk_latency.reset();
  const Run quick = world_test::run(scenario);
  CHECK(broken(slow) == "");
  CHECK(slow.outcome.judgement.passed);
  CHECK(quickest_ack(quick) < 30'000);
  CHECK(quickest_ack(slow) >= 30'000);
  CHECK(slow.outcome.count(Kind::deliver) > 1000);
  CHECK(slow.outcome.count(Kind::submit) == quick.outcome.count(Kind::submit));  // nobody misses a turn
}

TEST_CASE("inputs that waited for the disk become one step: one sync for all of them") {
  const Run run = world_test::run(syncing(Duration::ms(200)));
  std::size_t together = 0;
  const std::vector<Note> submits = run.tape.of(Kind::submit, 0);
  for (std::size_t i = 1; i < submits.size(); ++i) together += submits[i].record.at == submits[i - 1].record.at;
  CHECK(submits.size() > 150);
  CHECK(together > submits.size() / 3);
  CHECK(broken(run) == "");
}

TEST_CASE("a node takes nothing while it waits, and a pause does not stop the disk") {
  sim::Scenario scenario = syncing(Duration::ms(50), Duration::s(12));
  scenario.faults = {when(Kind::submit, 20, disk(who(Who::it), What::slow)),
                     when(Kind::submit, 23, sim::Pause{who(Who::it)}, Duration::s(1))};
  std::get<sim::DiskFault>(scenario.faults[0].action).latency = fixed(Duration::ms(700));
  const Run run = world_test::run(scenario);
  REQUIRE(run.tape.of(Kind::pause).size() == 1);
  CHECK(broken(run) == "");
  const Member slow = run.tape.of(Kind::submit).at(19).record.node;
  const std::vector<Note> got = run.tape.of(Kind::recv, slow);
  std::int64_t longest = 0;
  for (std::size_t i = 1; i < got.size(); ++i)
    longest = std::max(longest, ms(got[i].record.at) - ms(got[i - 1].record.at));
  CHECK(longest >= 650);
}

TEST_CASE("an accepted event survives a power cut, wherever it strikes") {
  for (const What what : {What::lose_unsynced, What::torn_write}) {
    for (std::int64_t offset = 0; offset < 60; offset += 7) {
      CAPTURE(offset, static_cast<int>(what));
      sim::Scenario scenario = syncing(Duration::ms(25));
      scenario.faults = {at(Duration::s(1), disk(who(Who::all), what)),
                         at(Duration::ms(8'000 + offset), sim::Crash{who(Who::all)}, Duration::ms(500))};
      scenario.expect.delivered_all = true;
      const Run run = world_test::run(scenario);
      CHECK(broken(run) == "");
      CHECK(run.outcome.judgement.passed);
      CHECK(run.outcome.count(Kind::restart) == 3);
    }
  }
}

TEST_CASE("a killed process keeps what it wrote, and says what it had accepted when it is back") {
  std::size_t said_late = 0;
  for (std::int64_t offset = 0; offset < 60; offset += 3) {
    CAPTURE(offset);
    sim::Scenario scenario = syncing(Duration::ms(25));
    scenario.faults = {at(Duration::ms(8'000 + offset), sim::Crash{who(Who::all)}, Duration::ms(500))};
    scenario.expect.delivered_all = true;
    const Run run = world_test::run(scenario);
    CHECK(broken(run) == "");
    CHECK(run.outcome.judgement.passed);
    for (std::size_t i = run.tape.place(Kind::restart); i < run.tape.notes.size(); ++i) {
      const core::Record& record = run.tape.notes[i].record;
      if (record.at != run.tape.notes[run.tape.place(Kind::restart)].record.at) break;
      if (record.kind != Kind::submit || record.node != run.tape.notes[i - 1].record.node) continue;
      ++said_late;
      CHECK(settled_elsewhere(run, Kind::deliver, record.id) == 3);
    }
  }
  CHECK(said_late > 0);
}

TEST_CASE("what one node alone accepted and ordered in one write is not delivered before it is said to be accepted") {
  for (std::int64_t offset = 0; offset < 40; offset += 4) {
    CAPTURE(offset);
    sim::Scenario scenario = scenario_of(1, Duration::s(20));
    scenario.disk_latency = fixed(Duration::ms(25));
    scenario.workload = {load(Duration::ms(40), Duration::s(3), Duration::s(10))};
    scenario.faults = {at(Duration::ms(8'000 + offset), sim::Crash{named({0})}, Duration::ms(500))};
    const Run run = world_test::run(scenario);
    CHECK(broken(run) == "");
    CHECK(run.tape.of(Kind::deliver).size() > 150);
  }
}

TEST_CASE("the sync of a dead process does not wake the next one") {
  sim::Scenario scenario = scenario_of(1, Duration::s(20));
  scenario.disk_latency = fixed(Duration::s(2));
  // It waits for its first sync when it is killed; the next process begins to wait half a second before that was over.
  const Run alone = world_test::run(scenario);
  const std::vector<Note> leads = alone.tape.of(Kind::role, 0);
  REQUIRE(!leads.empty());
  scenario.faults = {at(Duration::ms(1'500), sim::Crash{named({0})}, Duration::ms(100))};
  const Run run = world_test::run(scenario);
  CHECK(broken(run) == "");
  const core::Instant restarted = run.tape.of(Kind::restart).at(0).record.at;
  const std::vector<Note> won =
      run.tape.those([](const Note& n) { return n.record.kind == Kind::role && n.record.role == core::Role::leader; });
  REQUIRE(won.size() == 1);
  CHECK(won[0].record.at >= restarted + Duration::s(2));
}

TEST_CASE("a full disk stops the node at its next write, again and again until there is room") {
  sim::Scenario scenario = syncing({}, Duration::s(30));
  scenario.disk_latency.reset();
  scenario.faults = {at(Duration::s(6), disk(named({0}), What::full), Duration::s(10)),
                     at(Duration::s(8), sim::Restart{named({0})}), at(Duration::s(17), sim::Restart{named({0})})};
  scenario.expect.delivered_all = true;
  const Run run = world_test::run(scenario);
  CHECK(broken(run) == "");
  CHECK(run.outcome.judgement.passed);
  const std::vector<Note> crashes = run.tape.of(Kind::crash, 0);
  REQUIRE(crashes.size() == 2);
  CHECK(ms(crashes[0].record.at) >= 6'000);
  CHECK(ms(crashes[0].record.at) < 6'200);
  CHECK(ms(crashes[1].record.at) >= 8'000);
  CHECK(ms(crashes[1].record.at) < 12'000);
  CHECK(run.tape
            .those([](const Note& n) {
              return n.record.kind == Kind::submit && n.record.node == 0 && ms(n.record.at) > 6'100 &&
                     ms(n.record.at) < 17'000;
            })
            .empty());
  CHECK(ms(run.tape.of(Kind::ack, 0).back().record.at) > 17'000);
}

TEST_CASE("a corrupt disk shows at the next start: the node has forgotten everything and recovers") {
  sim::Scenario scenario = syncing(Duration::ms(2), Duration::s(40));
  scenario.faults = {at(Duration::s(8), disk(named({0}), What::corrupt)), at(Duration::s(9), sim::HealAll{}),
                     at(Duration::s(10), sim::Crash{named({0})}, Duration::s(1)),
                     at(Duration::s(20), sim::Crash{named({0})}, Duration::s(1))};
  const Run run = world_test::run(scenario);
  const std::vector<Note> restarts = run.tape.of(Kind::restart, 0);
  REQUIRE(restarts.size() == 2);
  CHECK(restarts[0].record.forgot);
  CHECK(restarts[0].record.number == 2);
  CHECK(restarts[0].record.seq == 0);
  CHECK_FALSE(restarts[1].record.forgot);
  const std::vector<Note> roles = run.tape.of(Kind::role, 0);
  CHECK(std::any_of(roles.begin(), roles.end(), [](const Note& n) {
    return n.record.role == core::Role::recovering && ms(n.record.at) >= 11'000;
  }));
  CHECK(ms(run.tape.of(Kind::deliver, 0).back().record.at) > 22'000);
}

TEST_CASE("of several faults of one disk each has its way, and ends by itself") {
  sim::Scenario scenario = syncing(Duration::ms(1), Duration::s(20));
  scenario.faults = {at(Duration::s(4), disk(who(Who::all), What::slow), Duration::s(8)),
                     at(Duration::s(6), disk(who(Who::all), What::slow), Duration::s(2))};
  std::get<sim::DiskFault>(scenario.faults[1].action).latency = fixed(Duration::ms(400));
  const Run run = world_test::run(scenario);
  CHECK(broken(run) == "");
  // The quickest round trip of an event submitted in that part of the run.
  const auto quickest = [&](std::int64_t from, std::int64_t to) {
    std::int64_t found = INT64_MAX;
    for (const Note& submit : run.tape.of(Kind::submit)) {
      if (ms(submit.record.at) < from || ms(submit.record.at) >= to) continue;
      for (const Note& ack : run.tape.of(Kind::ack, submit.record.node))
        if (ack.record.id == submit.record.id) found = std::min(found, ms(ack.record.at) - ms(submit.record.at));
    }
    return found;
  };
  CHECK(quickest(3'000, 3'900) < 50);
  CHECK(quickest(4'300, 5'500) >= 50);
  CHECK(quickest(4'300, 5'500) < 400);
  CHECK(quickest(6'400, 7'000) >= 400);
  CHECK(quickest(8'500, 11'500) >= 50);
  CHECK(quickest(8'500, 11'500) < 400);
  CHECK(quickest(13'000, 15'000) < 50);
}
