// The same scenario and seed give the same run, whoever watches and whatever runs beside it.
#include <catch2/catch.hpp>
#include <thread>

#include "sim/world/record_digest.hpp"
#include "tests/sim/world_support.hpp"

using namespace world_test;

namespace {

sim::Scenario stormy() {
  sim::Scenario scenario = scenario_of(5, Duration::s(20));
  scenario.network = {};
  scenario.network.duplicate_ppm = 50'000;
  scenario.network.reorder_ppm = 50'000;
  scenario.workload = {load(Duration::ms(50), Duration::s(2), Duration::s(18), 3)};
  sim::Fault crashes = at(Duration{}, sim::Crash{who(sim::Atom::Who::random)}, Duration::s(1));
  crashes.trigger = sim::Every{Duration::s(3), Duration::s(3), Duration::s(15)};
  scenario.faults = {crashes, when(Kind::submit, 40, sim::Isolate{who(sim::Atom::Who::it)}, Duration::s(2)),
                     at(Duration::s(9), sim::Partition{{who(sim::Atom::Who::minority), who(sim::Atom::Who::majority)}},
                        Duration::s(2))};
  return scenario;
}

}  // namespace

TEST_CASE("two runs of one seed are equal, with sinks and without; another seed is another run") {
  const sim::Scenario scenario = stormy();
  const sim::Outcome bare = sim::replay(scenario, 7);
  const Run watched = world_test::run(scenario, 7);
  CHECK(bare.digest == watched.outcome.digest);
  CHECK(bare.counts == watched.outcome.counts);
  CHECK(bare.events == watched.outcome.events);
  CHECK(sim::replay(scenario, 8).digest != bare.digest);
  CHECK(bare.count(Kind::send) > 500);
}

TEST_CASE("two runs in two threads do not touch each other") {
  const sim::Scenario scenario = stormy();
  const core::Digest alone = sim::replay(scenario, 7).digest;
  core::Digest first, second;
  std::thread one([&] { first = sim::replay(scenario, 7).digest; });
  std::thread two([&] { second = sim::replay(scenario, 7).digest; });
  one.join();
  two.join();
  CHECK(first == alone);
  CHECK(second == alone);
}

TEST_CASE("counts, events and the end agree with the records") {
  const Run run = world_test::run(stormy(), 3);
  for (std::size_t kind = 0; kind < core::kKinds; ++kind)
    CHECK(run.outcome.counts[kind] == run.tape.of(static_cast<Kind>(kind)).size());
  CHECK(run.outcome.end == core::Instant{} + Duration::s(20));
  CHECK(run.outcome.events > run.outcome.count(Kind::send) + run.outcome.count(Kind::recv));
  for (std::size_t i = 1; i < run.tape.notes.size(); ++i)
    REQUIRE(run.tape.notes[i - 1].record.at <= run.tape.notes[i].record.at);
}

TEST_CASE("every field of a record but phi changes the digest") {
  const auto digest = [](const core::Record& record) {
    core::Hasher hasher;
    sim::absorb(hasher, record);
    return hasher.digest();
  };
  const core::Event event;
  const core::Details details;
  core::Record base;
  base.kind = Kind::deliver;
  base.event = &event;
  base.more = &details;
  const auto changes = [&](auto change) {
    core::Record other = base;
    change(other);
    return digest(other) != digest(base);
  };
  CHECK(changes([](core::Record& r) { r.at.ns = 1; }));
  CHECK(changes([](core::Record& r) { r.kind = Kind::submit; }));
  CHECK(changes([](core::Record& r) { r.role = core::Role::leader; }));
  CHECK(changes([](core::Record& r) { r.type = core::MessageType::ack; }));
  CHECK(changes([](core::Record& r) { r.node = 1; }));
  CHECK(changes([](core::Record& r) { r.peer = 1; }));
  CHECK(changes([](core::Record& r) { r.epoch = 1; }));
  CHECK(changes([](core::Record& r) { r.seq = 1; }));
  CHECK(changes([](core::Record& r) { r.number = 1; }));
  CHECK(changes([](core::Record& r) { r.id = core::EventId::of(1, 1); }));
  core::Event with_cause;
  with_cause.depends_on = {core::EventId::of(0, 1)};
  CHECK(changes([&](core::Record& r) { r.event = &with_cause; }));
  core::Details with_link;
  with_link.closed = {{0, 1}};
  CHECK(changes([&](core::Record& r) { r.more = &with_link; }));
  CHECK_FALSE(changes([](core::Record& r) { r.phi_milli = 1; }));
}
