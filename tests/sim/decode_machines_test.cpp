// Clocks and disks in a scenario file: what they may say, and what is wrong with them.
#include "tests/sim/decode_support.hpp"

using namespace decode_support;
using core::Duration;

namespace {

std::string fault(const std::string& keys) {
  return "faults:  [{" + keys + "}]\n";
}

template <class T>
T action(const std::string& keys) {
  return std::get<T>(good(with_nodes(fault(keys))).faults.at(0).action);
}

}  // namespace

TEST_CASE("a clock fault has a drift, a step, or both; either may be negative") {
  const auto both = action<sim::ClockFault>("at: 43s, clock: {node: n2, drift: 200ppm, step: 50ms}");
  CHECK(both.drift_ppm == 200);
  CHECK(both.step == Duration::ms(50));
  REQUIRE(both.who.size() == 1);
  CHECK(both.who[0].member == 1);
  const auto back = action<sim::ClockFault>("at: 1s, clock: {node: all, drift: -0.5%, step: -1h}, for: 3s");
  CHECK(back.drift_ppm == -5'000);
  CHECK(back.step == Duration::s(-3600));
  CHECK_FALSE(action<sim::ClockFault>("at: 1s, clock: {node: n1, step: -1ms}").drift_ppm.has_value());
  CHECK(action<sim::ClockFault>("at: 1s, clock: {node: n1, drift: 0ppm}").drift_ppm == 0);
  CHECK(action<sim::ClockFault>("at: 1s, clock: {node: n1, drift: -200000ppm}").drift_ppm == -200'000);
}

TEST_CASE("what is wrong with a clock fault") {
  wrong(fault("at: 1s, clock: n2"),
        "3:27: clock: keys with values are wanted, as in 'key: value', not the single value 'n2'");
  wrong(fault("at: 1s, clock: {node: n2}"), "3:27: clock: changes nothing; give drift or step");
  wrong(fault("at: 1s, clock: {drift: 1ppm}"), "3:27: clock: 'node' is missing");
  wrong(fault("at: 1s, clock: {node: n9, drift: 1ppm}"), "3:34: node: unknown node 'n9'; did you mean 'n1'?");
  wrong(fault("at: 1s, clock: {node: n1, drift: 200}"), "3:45: drift: '200' has no unit; write 200ppm (units: ppm %)");
  wrong(fault("at: 1s, clock: {node: n1, drift: -200001ppm}"),
        "3:45: drift: '-200001ppm' is more than 200000ppm either way");
  wrong(fault("at: 1s, clock: {node: n1, drift: fast}"), "3:45: drift: 'fast' is not a drift; write it as in 200ppm");
  wrong(fault("at: 1s, clock: {node: n1, step: --1s}"), "3:44: step: '-1s' is negative; a duration is not");
  wrong(fault("at: 1s, clock: {node: n1, drift: 1ppm, setp: 1s}"),
        "3:51: unknown key 'setp' in clock; did you mean 'step'?");
}

TEST_CASE("a disk fault names one of five faults") {
  using What = sim::DiskFault::What;
  for (const auto& [word, what] : {std::pair{"lose_unsynced", What::lose_unsynced},
                                   {"torn_write", What::torn_write},
                                   {"corrupt", What::corrupt},
                                   {"full", What::full},
                                   {"slow", What::slow}}) {
    const auto disk = action<sim::DiskFault>("at: 44s, disk: {node: [n1, n3], fault: " + std::string{word} + "}");
    CHECK(disk.what == what);
    CHECK(disk.who.size() == 2);
    CHECK(disk.latency == sim::Latency{sim::Latency::Shape::fixed, Duration::ms(50), {}});
  }
  const auto slow = action<sim::DiskFault>("at: 1s, disk: {node: leader, fault: slow, latency: 1ms..2s}, for: 5s");
  CHECK(slow.latency == sim::Latency{sim::Latency::Shape::uniform, Duration::ms(1), Duration::s(2)});
}

TEST_CASE("what is wrong with a disk fault") {
  wrong(fault("at: 1s, disk: {node: n2}"), "3:26: disk: 'fault' is missing");
  wrong(fault("at: 1s, disk: {fault: full}"), "3:26: disk: 'node' is missing");
  wrong(fault("at: 1s, disk: {node: n1, fault: ful}"), "3:44: fault: unknown value 'ful'; did you mean 'full'?");
  wrong(fault("at: 1s, disk: {node: n1, fault: full, latency: 1ms}"),
        "3:50: 'latency' goes with 'fault: slow', which is not given");
  wrong(fault("at: 1s, disk: {node: n1, fault: corrupt}, for: 5s"),
        "3:54: for: a corrupt disk has no end; leave 'for' out");
  wrong(fault("at: 1s, disk: {node: n1, fault: slow, latency: 2h}"), "3:59: latency: longer than 1h");
}

TEST_CASE("syncs have a latency, which is none unless it is given") {
  CHECK_FALSE(good(with_nodes("")).disk_latency.has_value());
  CHECK_FALSE(good(with_nodes("disk: {latency: 0ms}\n")).disk_latency.has_value());
  CHECK(good(with_nodes("disk: {latency: {exponential: 3ms}}\n")).disk_latency ==
        sim::Latency{sim::Latency::Shape::exponential, Duration::ms(3), {}});
  wrong("disk: {}\n", "3:7: disk: 'latency' is missing");
  wrong("disk: 5ms\n", "3:7: disk: keys with values are wanted, as in 'key: value', not the single value '5ms'");
}

TEST_CASE("nodes that keep nothing have no disks to fail") {
  const std::string group = "group: {storage: volatile}\n";
  wrong(group + "disk: {latency: 1ms}\n", "4:7: disk: nodes with 'storage: volatile' use no disk; leave it out");
  wrong(group + fault("at: 1s, disk: {node: n1, fault: full}"),
        "4:26: disk: nodes with 'storage: volatile' use no disk; leave it out");
}

TEST_CASE("keys that begin with x- are ignored at every level") {
  const sim::Scenario scenario = good(R"(
version: 1
x-top: [1, 2]
nodes: [{name: a, x-node: 1}, {name: b}, {name: c}]
group: {quorum: majority, x-group: 1}
timing: {x-timing: {deep: true}}
disk: {latency: 2ms, x-disk: 1}
network: {x-network: 1, default: {loss: 2%, x-default: 1}, links: [{from: a, to: b, loss: 1%, x-link: 1}]}
workload: [{submit: 1/s, x-load: 1}]
faults:
  - {at: 1s, crash: a, x-fault: 1}
  - {when: {kind: ack, x-when: 1}, crash: it, x-crash: leader}
  - {at: 1s, partition: {shape: one, x-shape: 1}}
  - {at: 1s, cut: {from: a, to: b, x-cut: 1}}
  - {at: 1s, link: {from: a, to: b, latency: {normal: [2ms, 1ms], x-latency: 1}, x-link: 1}}
  - {at: 1s, clock: {node: a, drift: 5ppm, x-clock: 1}}
  - {at: 1s, disk: {node: a, fault: full, x-disk: 1}}
expect: {x-expect: 1, at_least: {deliver: 1, x-least: 1}}
)");
  CHECK(scenario.faults.size() == 7);
  CHECK(scenario.links.size() == 1);
  CHECK(scenario.expect.at_least.size() == 1);
  CHECK(scenario.disk_latency.has_value());
}
