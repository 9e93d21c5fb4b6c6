#include "tests/sim/decode_support.hpp"

using namespace decode_support;
using core::Duration;

TEST_CASE("dispatch: the defaults, and that the group has it") {
  CHECK_FALSE(good(with_nodes("")).group.city.dispatch.on);
  const sim::Scenario scenario = good(with_nodes("duration: 90s\nworkload: [{dispatch: {}}]\n"));
  CHECK(scenario.group.city.dispatch.on);
  CHECK(scenario.group.city.dispatch.give_back == Duration::s(10));
  REQUIRE(scenario.dispatch);
  CHECK(scenario.dispatch->cars == 10);
  CHECK(scenario.dispatch->ambulances == 3);
  CHECK(scenario.dispatch->hospitals == 2);
  CHECK(scenario.dispatch->beds == 4);
  CHECK(scenario.dispatch->crash_every == Duration::s(5));
  CHECK(scenario.dispatch->start == Duration{});
  CHECK(scenario.dispatch->stop == Duration::s(75));
  CHECK(scenario.dispatch->away.empty());
}

TEST_CASE("dispatch: every key") {
  const sim::Scenario scenario = good(
      with_nodes("workload:\n"
                 "  - dispatch: {cars: 1, ambulances: 2, hospitals: 3, beds: 5, crash_every: 6s, start: 7s, stop: 8s,\n"
                 "               give_back: 9s, leg: 10s, handover: 11s, stay: 12s, patience: 13s,\n"
                 "               away: [{who: ambulance2, at: 14s, for: 15s}, {who: car1, at: 1s, for: 16s}]}\n"));
  const sim::DispatchLoad& load = scenario.dispatch.value();
  CHECK(load.cars == 1);
  CHECK(load.ambulances == 2);
  CHECK(load.hospitals == 3);
  CHECK(load.beds == 5);
  CHECK(std::vector{load.crash_every, load.start, load.stop, scenario.group.city.dispatch.give_back, load.leg,
                    load.handover, load.stay,
                    load.patience} == std::vector{Duration::s(6), Duration::s(7), Duration::s(8), Duration::s(9),
                                                  Duration::s(10), Duration::s(11), Duration::s(12), Duration::s(13)});
  REQUIRE(load.away.size() == 2);
  CHECK(load.away[0].who == "ambulance2");
  CHECK(load.away[0].at == Duration::s(14));
  CHECK(load.away[0].lasts == Duration::s(15));
  CHECK(load.away[1].who == "car1");
}

TEST_CASE("dispatch: what is wrong is said where it stands") {
  wrong("workload: [{dispatch: {ambulance: 2}}]\n",
        "3:24: unknown key 'ambulance' in dispatch; did you mean 'ambulances'?");
  wrong("workload: [{dispatch: {cars: 0}}]\n", "3:30: cars: 0 is out of range; it must be from 1 to 10000");
  wrong("workload: [{dispatch: {leg: 5}}]\n", "3:29: leg: '5' has no unit; write 5s (units: ns us ms s m h)");
  wrong("workload: [{dispatch: {start: 5s, stop: 5s}}]\n", "3:41: stop: 5s is not after start (5s)");
  wrong("workload: [{dispatch: 5}]\n",
        "3:23: dispatch: keys with values are wanted, as in 'key: value', not the single value '5'");
  wrong("workload: [{dispatch: {}}, {dispatch: {}}]\n", "3:39: dispatch: the workload has one already");
  wrong("workload: [{dispatch: {}, start: 2s}]\n", "3:27: unknown key 'start' in workload; known: lights, dispatch");
  wrong("workload: [{dispatch: {away: [{who: ambulence3, at: 1s, for: 1s}]}}]\n",
        "3:37: who: no client is called 'ambulence3'; did you mean 'ambulance3'?");
  wrong("workload: [{dispatch: {away: [{who: car1, at: 61s, for: 1s}]}}]\n",
        "3:47: at: 61s is out of range; it must be from 0s to 60s");
  wrong("workload: [{dispatch: {away: [{who: car1, at: 1s}]}}]\n", "3:31: dispatch.away: 'for' is missing");
  wrong("workload: [{dispatch: {}}]\nexpect: {completed: some}\n", "4:21: completed: unknown value 'some'; known: all");
}

TEST_CASE("dispatch: its records, invariants and expectation can be named") {
  const sim::Scenario scenario = good(with_nodes(
      "workload: [{dispatch: {}}]\n"
      "faults: [{when: {kind: dispatch, nth: 3}, crash: it}]\n"
      "expect: {invariants: [no_double_dispatch, beds, workflow_order], completed: all, at_least: {dispatch: 9}}\n"));
  CHECK(scenario.expect.completed_all);
  CHECK(scenario.expect.invariants.size() == 3);
  CHECK(scenario.expect.at_least == std::vector{std::pair{core::Kind::dispatch, std::uint64_t{9}}});
}
