// Right scenario files: every key of the format ends up in the right field.
#include "tests/sim/decode_support.hpp"

using namespace decode_support;
using core::Duration;
using Who = sim::Atom::Who;

namespace {

constexpr const char* kWhole = R"(# yaml-language-server: $schema=../scenario.schema.json
version: 1
name: leader-crash
description: The leader dies in mid-broadcast; nothing committed is lost.
seed: 7
duration: 60s
nodes: 5
group: {quorum: none, takeover: eager, storage: durable}
timing:
  heartbeat_interval: 400ms
  detector: fixed
  phi_threshold: 8.5
  phi_window: 100
  phi_min_stddev: 50ms
  phi_acceptable_pause: 0s
  fixed_timeout: 2s
  answer_timeout: 1.5s
  election_timeout: 4s
  retransmit: 250us
  hold_timeout: 1m
network:
  default: {latency: 2ms..20ms, loss: 2%, duplicate: 0.5%, reorder: 300ppm, bandwidth: 10Mbit}
  links:
    - {from: n1, to: [n2, n3], latency: 40ms, both: true}
    - {from: all, to: n5, latency: {lognormal: [10ms, 200ms]}, bandwidth: 64kbit}
workload:
  - {submit: 20/s, from: all, start: 2s, stop: 50s, size: 100, chain: 3}
  - submit: 1200/m
faults:
  - {at: 10s, crash: leader}
  - {at: 20s, restart: crashed}
  - {at: 25s, partition: [[n1, leader], [n3, n4, n5]], for: 10s}
  - {at: 37s, isolate: random(2), for: 5s}
  - {at: 40s, cut: {from: n1, to: n3}, for: 3s}
  - {at: 41s, link: {from: all, to: n2, loss: 30%, latency: 200ms}, for: 4s}
  - {at: 42s, pause: [n4, highest], for: 6s}
  - {at: 46s, heal: all}
  - {every: 5s, from: 10s, until: 40s, crash: random, for: 2s}
  - {when: {kind: order, nth: 50}, plus: 3ms, crash: it}
  - {at: 50s, partition: {shape: bridge}, for: 4s}
expect:
  invariants: [no_gap, causal]
  violations: [epoch_leader]
  tolerated: [bully]
  settle: 20s
  final_leader: n5
  leader_within: 8s
  delivered: all
  at_least: {deliver: 500, order: 1}
x-note: ignored
)";

}  // namespace

TEST_CASE("the head, the group and the timing are decoded") {
  const sim::Scenario scenario = good(kWhole);
  CHECK(scenario.file == "dir/story.yaml");
  CHECK(scenario.name == "leader-crash");
  CHECK(scenario.description == "The leader dies in mid-broadcast; nothing committed is lost.");
  CHECK(scenario.seed == 7);
  CHECK(scenario.duration == Duration::s(60));
  CHECK(scenario.group.size() == 5);
  CHECK(scenario.group.quorum == core::Quorum::none);
  CHECK(scenario.group.takeover == core::Takeover::eager);
  const core::Timing& timing = scenario.group.timing;
  CHECK(timing.heartbeat_interval == Duration::ms(400));
  CHECK(timing.detector == core::DetectorKind::fixed);
  CHECK(timing.phi_threshold_milli == 8500);
  CHECK(timing.phi_window == 100);
  CHECK(timing.phi_min_stddev == Duration::ms(50));
  CHECK(timing.phi_acceptable_pause == Duration{});
  CHECK(timing.fixed_timeout == Duration::s(2));
  CHECK(timing.answer_timeout == Duration::ms(1500));
  CHECK(timing.election_timeout == Duration::s(4));
  CHECK(timing.retransmit == Duration::us(250));
  CHECK(timing.hold_timeout == Duration::s(60));
}

TEST_CASE("the network and the workload are decoded") {
  const sim::Scenario scenario = good(kWhole);
  const sim::LinkModel& link = scenario.network;
  CHECK(link.latency == sim::Latency{sim::Latency::Shape::uniform, Duration::ms(2), Duration::ms(20)});
  CHECK(link.loss_ppm == 20'000);
  CHECK(link.duplicate_ppm == 5'000);
  CHECK(link.reorder_ppm == 300);
  CHECK(link.bits_per_second == 10'000'000);

  REQUIRE(scenario.links.size() == 2);
  CHECK(scenario.links[0].both);
  CHECK(scenario.links[0].from[0].member == 0);
  REQUIRE(scenario.links[0].to.size() == 2);
  CHECK(scenario.links[0].to[1].member == 2);
  CHECK(scenario.links[0].patch.latency->shape == sim::Latency::Shape::fixed);
  CHECK_FALSE(scenario.links[0].patch.loss_ppm.has_value());
  CHECK(scenario.links[1].from[0].who == Who::all);
  CHECK(*scenario.links[1].patch.latency ==
        sim::Latency{sim::Latency::Shape::lognormal, Duration::ms(10), Duration::ms(200)});
  CHECK(scenario.links[1].patch.bits_per_second == 64'000U);

  REQUIRE(scenario.workload.size() == 2);
  const sim::SubmitLoad& load = scenario.workload[0];
  CHECK(load.interval == Duration::ms(50));
  CHECK(load.start == Duration::s(2));
  CHECK(load.stop == Duration::s(50));
  CHECK(load.size == 100);
  CHECK(load.chain == 3);
  CHECK(scenario.workload[1].interval == Duration::ms(50));
  CHECK(scenario.workload[1].from[0].who == Who::all);
  CHECK(scenario.workload[1].stop == Duration::s(40));  // duration - settle
}

TEST_CASE("faults are decoded with their lines") {
  const std::vector<sim::Fault> faults = good(kWhole).faults;
  const std::vector<std::string> names{"crash", "restart", "partition", "isolate", "cut",      "link",
                                       "pause", "heal",    "crash",     "crash",   "partition"};
  REQUIRE(faults.size() == names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    CHECK(sim::name_of(faults[i].action) == names[i]);
    CHECK(faults[i].line == static_cast<int>(30 + i));
  }
  CHECK(std::get<sim::At>(faults[0].trigger).at == Duration::s(10));
  CHECK(std::get<sim::Crash>(faults[0].action).who[0].who == Who::leader);
  CHECK_FALSE(faults[0].lasts.has_value());
  const auto& groups = std::get<sim::Partition>(faults[2].action).groups;
  REQUIRE(groups.size() == 2);
  CHECK(groups[0][1].who == Who::leader);
  CHECK(groups[1][2].member == 4);
  CHECK(faults[2].lasts == Duration::s(10));
  CHECK(std::get<sim::Isolate>(faults[3].action).who[0].count == 2);
  CHECK_FALSE(std::get<sim::Cut>(faults[4].action).both);
  CHECK(std::get<sim::LinkFault>(faults[5].action).patch.loss_ppm == 300'000U);
  CHECK(std::get<sim::Pause>(faults[6].action).who[1].who == Who::highest);
  const auto& every = std::get<sim::Every>(faults[8].trigger);
  CHECK(every.every == Duration::s(5));
  CHECK(every.from == Duration::s(10));
  CHECK(every.until == Duration::s(40));
  const auto& when = std::get<sim::When>(faults[9].trigger);
  CHECK(when.kind == core::Kind::order);
  CHECK(when.nth == 50);
  CHECK(when.plus == Duration::ms(3));
  CHECK(std::get<sim::Crash>(faults[9].action).who[0].who == Who::it);
  CHECK(std::get<sim::ShapedPartition>(faults[10].action).shape == sim::Shape::bridge);
}

TEST_CASE("expectations are decoded") {
  const sim::Expect expect = good(kWhole).expect;
  CHECK_FALSE(expect.all_invariants);
  CHECK(expect.invariants == std::vector<std::string>{"no_gap", "causal"});
  CHECK(expect.violations == std::vector<std::string>{"epoch_leader"});
  CHECK(expect.tolerated == std::vector<std::string>{"bully"});
  CHECK(expect.settle == Duration::s(20));
  REQUIRE(expect.final_leader.has_value());
  CHECK(expect.final_leader->member == 4);
  CHECK(expect.leader_within == Duration::s(8));
  CHECK(expect.delivered_all);
  using Counts = std::vector<std::pair<core::Kind, std::uint64_t>>;
  CHECK(expect.at_least == Counts{{core::Kind::order, 1}, {core::Kind::deliver, 500}});
}

TEST_CASE("what is left out gets its default") {
  const sim::Scenario scenario = good(
      "version: 1\nnodes: 3\ntiming: {election_timeout: 2s}\nworkload: [{submit: 1/s}]\n"
      "faults: [{every: 20s, crash: all}, {when: {kind: ack}, crash: it}]\n");
  CHECK(scenario.name == "story");
  CHECK(scenario.seed == 1);
  CHECK(scenario.duration == Duration::s(60));
  CHECK(scenario.network == sim::LinkModel{});
  CHECK(scenario.expect.all_invariants);
  CHECK(scenario.expect.settle == Duration::s(6));
  CHECK(scenario.workload[0].stop == Duration::s(54));
  const auto& every = std::get<sim::Every>(scenario.faults[0].trigger);
  CHECK(every.from == Duration::s(20));
  CHECK(every.until == Duration::s(60));
  CHECK(std::get<sim::When>(scenario.faults[1].trigger).nth == 1);
}

TEST_CASE("ids are integers, UUIDs, or made in ascending order") {
  const sim::Scenario scenario = good(
      "version: 1\nnodes: [{name: a, id: 1}, {name: b-2, id: 018f3e6c-0000-7000-8000-0000000000AB, rank: -3},\n"
      "        {name: c}, {name: d, rank: -9223372036854775808},\n"
      "        {name: e, id: 340282366920938463463374607431768211455}]\n");
  const auto& members = scenario.group.members;
  REQUIRE(members.size() == 5);
  CHECK(members[0].id == core::Id128{0, 1});
  CHECK(members[1].id == core::Id128{0x018F3E6C00007000, 0x80000000000000AB});
  CHECK(members[1].rank == -3);
  CHECK(members[3].rank == INT64_MIN);
  CHECK(members[2].id < members[3].id);
  CHECK((members[2].id.high >> 12 & 0xF) == 7);  // the version of the UUID
  CHECK((members[2].id.low >> 62) == 2);         // its variant
  CHECK(members[4].id == core::Id128{UINT64_MAX, UINT64_MAX});
  const sim::Scenario counted = good("version: 1\nnodes: 300\n");
  for (core::Member i = 1; i < 300; ++i) REQUIRE(counted.group.outranks(i, static_cast<core::Member>(i - 1)));
  CHECK(counted.group.members[299].name == "n300");
}

TEST_CASE("words that other YAML readers take for truth values are names here") {
  const sim::Scenario scenario =
      good("version: 1\nname: no\nnodes: [{name: yes}, {name: on}]\nfaults: [{at: 1s, crash: on}]\n");
  CHECK(scenario.name == "no");
  CHECK(scenario.group.members[0].name == "yes");
}

TEST_CASE("x- keys are ignored anywhere, and may hold what aliases repeat") {
  const sim::Scenario scenario =
      good(with_nodes("x-slow: &slow {latency: 40ms, x-y: ~}\nx-slow: again\nnetwork: {default: *slow, x-a: "
                      "1}\nfaults: [{at: 1s, crash: n1, x-why: z}]\n"));
  CHECK(scenario.network.latency.a == Duration::ms(40));
}

TEST_CASE("CRLF and a byte order mark are accepted") {
  CHECK(good("\xEF\xBB\xBFversion: 1\r\nnodes: 4\r\nworkload:\r\n  - submit: 1/s\r\n").group.size() == 4);
}

TEST_CASE("the settle time may fill the whole run") {
  CHECK(good(with_nodes("duration: 5s\nworkload: [{submit: 1/s, start: 1s}]\n")).workload[0].stop == Duration::s(1));
}
