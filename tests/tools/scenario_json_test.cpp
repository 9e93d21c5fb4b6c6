#include "tools/scenario_json.hpp"

#include <catch2/catch.hpp>

#include "sim/scenario/decode.hpp"
#include "tests/tools/records.hpp"
#include "tools/scenario_json_parts.hpp"

namespace {

sim::Scenario decoded(const std::string& text) {
  auto result = sim::decode(text, "test.yaml");
  if (const auto* problems = std::get_if<std::vector<sim::Problem>>(&result))
    for (const sim::Problem& problem : *problems) FAIL_CHECK(sim::describe(problem, "test.yaml"));
  REQUIRE(std::holds_alternative<sim::Scenario>(result));
  return std::get<sim::Scenario>(result);
}

constexpr const char* kEverything = R"(
version: 1
name: everything
description: All keys at once.
seed: 18
duration: 90s
nodes: [{name: a, id: 1, rank: -2}, {name: b, id: 018f3e6c-0000-7000-8000-000000000002}, {name: c}]
group: {quorum: none, takeover: eager}
timing: {detector: fixed, phi_threshold: 8.5, fixed_timeout: 1500ms, phi_window: 50}
disk: {latency: 2ms}
network:
  default: {latency: 5ms, loss: 0.25%, bandwidth: 10Mbit}
  links:
    - {from: a, to: [b, c], latency: {normal: [10ms, 2ms]}, both: true}
    - {from: all, to: c, latency: {lognormal: [10ms, 90ms]}, duplicate: 2%}
workload:
  - {submit: 7/s, from: [a, c], start: 2s, stop: 50s, size: 10, chain: 3}
  - dispatch: {cars: 2, ambulances: 1, hospitals: 1, beds: 9, give_back: 7s, away: [{who: car2, at: 9s, for: 1500ms}]}
faults:
  - {at: 10s, crash: leader}
  - {at: 20s, restart: crashed}
  - {at: 25s, partition: [[a, b], [c]], for: 10s}
  - {at: 36s, partition: {shape: bridge}, for: 1s}
  - {at: 37s, isolate: [leader, random(2)], for: 5s}
  - {at: 43s, cut: {from: a, to: c}, for: 3s}
  - {at: 47s, link: {from: all, to: b, loss: 30%, latency: {exponential: 20ms}}, for: 4s}
  - {at: 48s, pause: b, for: 6s}
  - {every: 5s, from: 55s, until: 70s, crash: random, for: 2s}
  - {when: {kind: order, nth: 50}, plus: 1ms, pause: it, for: 1s}
  - {at: 71s, clock: {node: b, drift: -200ppm, step: 50ms}, for: 2s}
  - {at: 72s, disk: {node: all, fault: slow, latency: 1ms..20ms}, for: 2s}
  - {at: 73s, disk: {node: c, fault: torn_write}, for: 2s}
  - {at: 80s, heal: all}
expect:
  invariants: [fifo, causal]
  violations: [epoch_leader]
  tolerated: [bully]
  settle: 4s
  final_leader: c
  leader_within: 8s
  delivered: all
  at_least: {deliver: 5}
)";

}  // namespace

TEST_CASE("a scenario as JSON has every default of the format") {
  sim::Scenario scenario = decoded("version: 1\nname: small\nnodes: 3\n");
  const auto json = tools::scenario_json(scenario);
  CHECK(json["version"] == 1);
  CHECK(json["seed"] == 1);
  CHECK(json["nodes"].size() == 3);
  CHECK(json["nodes"][0]["name"] == "n1");
  CHECK(json["group"].dump() ==
        R"({"quorum":"majority","takeover":"caught_up","storage":"durable","snapshot_every":10000})");
  CHECK(json["timing"].dump() ==
        R"({"heartbeat_interval":"500ms","detector":"phi","phi_threshold":8,"phi_window":200,"phi_min_stddev":"100ms",)"
        R"("phi_acceptable_pause":"1s","fixed_timeout":"3s","answer_timeout":"1s","election_timeout":"5s",)"
        R"("retransmit":"200ms","hold_timeout":"5s","clock_drift_max":"5000ppm"})");
  CHECK(json["network"]["default"].dump() ==
        R"({"latency":"1ms..10ms","loss":"1%","duplicate":"0%","reorder":"0%","bandwidth":"1Gbit"})");
  CHECK(json["expect"]["invariants"] == "all");
  CHECK(json["expect"]["settle"] == "15s");
}

TEST_CASE("a scenario as JSON keeps every key in the file's words") {
  const auto json = tools::scenario_json(decoded(kEverything));
  CHECK(json["nodes"][0].dump() == R"({"name":"a","id":1,"rank":-2})");
  CHECK(json["nodes"][1]["id"] == "018f3e6c-0000-7000-8000-000000000002");
  CHECK(json["timing"]["phi_threshold"] == 8.5);
  CHECK(json["network"]["default"]["loss"] == "2500ppm");
  CHECK(json["network"]["links"][0].dump() ==
        R"({"from":"a","to":["b","c"],"latency":{"normal":["10ms","2ms"]},"both":true})");
  CHECK(json["workload"][0]["submit"] == "7/s");
  CHECK(json["workload"][1]["dispatch"].dump() ==
        R"({"cars":2,"ambulances":1,"hospitals":1,"beds":9,"crash_every":"5s","start":"0s","stop":"86s",)"
        R"("give_back":"7s","leg":"2s","handover":"5s","stay":"30s","patience":"5s",)"
        R"("away":[{"who":"car2","at":"9s","for":"1500ms"}]})");
  CHECK(json["faults"][0].dump() == R"({"at":"10s","crash":"leader"})");
  CHECK(json["faults"][2].dump() == R"({"at":"25s","partition":[["a","b"],["c"]],"for":"10s"})");
  CHECK(json["faults"][3]["partition"].dump() == R"({"shape":"bridge"})");
  CHECK(json["faults"][4]["isolate"].dump() == R"x(["leader","random(2)"])x");
  CHECK(json["faults"][6]["link"].dump() ==
        R"({"from":"all","to":"b","both":false,"latency":{"exponential":"20ms"},"loss":"30%"})");
  CHECK(json["faults"][9].dump() == R"({"when":{"kind":"order","nth":50},"plus":"1ms","pause":"it","for":"1s"})");
  CHECK(json["disk"].dump() == R"({"latency":"2ms"})");
  CHECK(json["faults"][10].dump() == R"({"at":"71s","clock":{"node":"b","drift":"-200ppm","step":"50ms"},"for":"2s"})");
  CHECK(json["faults"][11]["disk"].dump() == R"({"node":"all","fault":"slow","latency":"1ms..20ms"})");
  CHECK(json["faults"][12]["disk"].dump() == R"({"node":"c","fault":"torn_write"})");
  CHECK(json["faults"][13]["heal"] == "all");
  CHECK(json["expect"]["final_leader"] == "c");
  CHECK(json["expect"]["at_least"]["deliver"] == 5);
}

TEST_CASE("the resolved scenario is a scenario again, and the same one") {
  const std::string once = tools::scenario_json(decoded(kEverything)).dump(1);
  CHECK(tools::scenario_json(decoded(once)).dump(1) == once);
  const sim::Outcome before = sim::replay(decoded(kEverything), 3);
  const sim::Outcome after = sim::replay(decoded(once), 3);
  CHECK(before.digest == after.digest);
}

TEST_CASE("numbers keep their exact value in units people use") {
  CHECK(tools::share_json(30'000) == "3%");
  CHECK(tools::share_json(1) == "1ppm");
  CHECK(tools::bandwidth_json(2'500'000) == "2500kbit");
  CHECK(tools::bandwidth_json(999) == "999bit");
  CHECK(tools::rate_json(core::Duration::ms(50)) == "20/s");
  CHECK(tools::rate_json({333'333'333}) == "3/s");
  CHECK(tools::id_json({0, 1ULL << 53}).is_number());
  CHECK(tools::id_json({0, (1ULL << 53) + 1}) == "00000000-0000-0000-0020-000000000001");
  CHECK(tools::milli_json(8'000).dump() == "8");
}
