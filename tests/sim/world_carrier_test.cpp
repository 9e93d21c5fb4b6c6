// Effects made by hand, carried out one by one.
#include <catch2/catch.hpp>

#include "sim/world/carrier.hpp"
#include "tests/sim/world_support.hpp"

using namespace world_test;
using sim::OpenStep;

namespace {

using Then = sim::Carrier::Then;

// All that a carrier needs around it.
struct Bench {
  sim::Scenario scenario = scenario_of(3, Duration::s(1));
  Tape tape;
  std::vector<core::RecordSink*> sinks{&tape};
  sim::Timeline timeline;
  sim::Network network{scenario, 1};
  sim::Recorder recorder{scenario, timeline, sinks};
  sim::Post post{timeline, network, recorder, nullptr};
  sim::Lamps lamps{scenario, 1, timeline, recorder};
  sim::Carrier carrier{post, recorder, lamps};
  sim::Host host;
  OpenStep step;

  Bench() {
    host.node.emplace(scenario.group, Member{0}, core::Durable{}, core::Rng{1});
    host.standing.life = sim::Life::up;
    step.node = 0;
  }
  Then next() { return carrier.carry_out_next(step, host); }
};

core::Record fact(Kind kind) {
  core::Record record;
  record.kind = kind;
  record.node = 0;
  return record;
}

}  // namespace

TEST_CASE("the disk changes when its effect is carried out, not before") {
  Bench bench;
  bench.step.effects.persist(core::PromiseMade{4, 2});
  bench.step.effects.persist(core::PromiseMade{5, 1});
  CHECK(bench.host.disk.synced().promised == 0);
  bench.next();
  CHECK(bench.host.disk.synced().promised == 4);
  bench.next();
  CHECK(bench.host.disk.synced().promised == 5);
  CHECK(bench.host.disk.synced().promised_to == 1);
  CHECK(bench.step.done());
}

TEST_CASE("a broadcast is one message that stays until its last receiver has it") {
  Bench bench;
  const std::uint32_t message = bench.step.effects.make({.from = 0, .body = core::Claim{9}});
  bench.step.effects.send(1, message);
  bench.step.effects.send(2, message);
  bench.next();
  bench.next();
  bench.carrier.let_go(bench.step);
  const std::vector<Note> sent = bench.tape.of(Kind::send);
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].record.peer == 1);
  CHECK(sent[1].record.peer == 2);
  CHECK(sent[0].record.type == core::MessageType::claim);
  sim::Due first, second;
  REQUIRE(bench.timeline.next(core::Instant{} + Duration::s(1), first));
  REQUIRE(bench.timeline.next(core::Instant{} + Duration::s(1), second));
  CHECK(first.arg == second.arg);
  bench.post.release(first.arg);
  CHECK(bench.post.message(second) == core::Message{0, core::Claim{9}});
  CHECK(sent[1].record.number == second.order());
}

TEST_CASE("facts are recorded at the present, and some tell about the host") {
  Bench bench;
  core::Record leads = fact(Kind::role);
  leads.role = core::Role::leader;
  leads.epoch = 6;
  core::Record submitted = fact(Kind::submit);
  submitted.id = core::EventId::of(0, 3);
  const auto event = std::make_shared<const core::Event>();
  bench.step.effects.fact(leads);
  bench.step.effects.fact(submitted, event);
  CHECK(bench.next() == Then::goes_on);
  CHECK(bench.host.standing.leads == 6);
  CHECK(bench.next() == Then::goes_on);
  CHECK(bench.host.submitted == submitted.id);
  CHECK(bench.recorder.count(Kind::role) == 1);
  CHECK(bench.tape.notes.size() == 2);
  leads.role = core::Role::follower;
  bench.step.effects.fact(leads);
  bench.next();
  CHECK(bench.host.standing.leads == 0);
}

TEST_CASE("a node that stops itself says so instead of a record, and the rest of its step waits in vain") {
  Bench bench;
  bench.step.effects.fact(fact(Kind::violation),
                          core::Details{.text = "epoch_leader", .detail = "two", .nodes = {}, .closed = {}});
  bench.step.effects.fact(fact(Kind::crash));
  bench.step.effects.persist(core::PromiseMade{4, 2});
  CHECK(bench.next() == Then::goes_on);
  CHECK(bench.next() == Then::stops);
  CHECK(bench.recorder.count(Kind::violation) == 1);
  CHECK(bench.recorder.count(Kind::crash) == 0);  // whoever carries the crash out records it
  CHECK_FALSE(bench.step.done());
  bench.carrier.let_go(bench.step);
  CHECK(bench.step.done());
  CHECK(bench.host.disk.synced().promised == 0);
}

TEST_CASE("where a sync takes time, all that a step writes waits for one; a snapshot for its own") {
  const sim::LatencyTable latency{{sim::Latency::Shape::fixed, Duration::ms(5), {}}};
  Bench bench;
  bench.host.disk = sim::Disk{&latency};
  bench.step.effects.fact(fact(Kind::commit));
  bench.step.effects.persist(core::PromiseMade{4, 2});
  bench.step.effects.fact(fact(Kind::deliver));
  bench.step.effects.persist(core::PromiseMade{5, 1});
  bench.step.effects.persist(core::SnapshotTaken{});
  bench.step.effects.persist(core::PromiseMade{6, 0});
  CHECK(bench.next() == Then::goes_on);
  CHECK(bench.next() == Then::after_sync);
  CHECK(bench.host.disk.unsynced() == 2);
  bench.host.disk.sync();
  CHECK(bench.next() == Then::goes_on);  // the delivery
  CHECK(bench.next() == Then::goes_on);  // written before
  CHECK(bench.host.disk.synced().promised == 5);
  CHECK(bench.next() == Then::after_sync);
  CHECK(bench.host.disk.unsynced() == 2);
  bench.host.disk.sync();
  CHECK(bench.next() == Then::goes_on);
  CHECK(bench.step.done());
  CHECK(bench.host.disk.synced().promised == 6);
}

TEST_CASE("a full disk takes no write: the node stops") {
  Bench bench;
  bench.host.disk.set({.full = true});
  bench.step.effects.fact(fact(Kind::commit));
  bench.step.effects.persist(core::PromiseMade{4, 2});
  CHECK(bench.next() == Then::goes_on);
  CHECK(bench.next() == Then::stops);
  CHECK(bench.host.disk.synced().promised == 0);
}
