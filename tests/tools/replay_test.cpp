// Live groups, recorded and replayed: their nodes one by one, and the whole in the simulator.
#include <catch2/catch.hpp>
#include <fstream>

#include "sim/hunt/failure.hpp"
#include "sim/scenario/decode.hpp"
#include "tests/net/recorded_group.hpp"
#include "tests/tools/folder.hpp"
#include "tools/laboratory.hpp"
#include "tools/replay/likeness.hpp"
#include "tools/replay/rebuild.hpp"
#include "tools/scenario_yaml.hpp"

namespace {

using core::Storage;

std::vector<tools::Past> lives_of(const tests::RecordedGroup& group) {
  std::vector<tools::Past> lives;
  for (const std::string& file : group.recordings()) {
    net::Recorded recorded(file);
    lives.push_back(tools::past_of(recorded, {}));
    REQUIRE(!lives.back().rerun.difference);
  }
  return lives;
}

sim::Scenario read_again(const sim::Scenario& scenario) {
  const auto decoded = sim::decode(tools::scenario_yaml(scenario), "replay.yaml");
  if (const auto* problems = std::get_if<std::vector<sim::Problem>>(&decoded))
    FAIL(describe(problems->front(), "replay.yaml"));
  return std::get<sim::Scenario>(decoded);
}

// The leader is killed and comes back, then a follower leaves.
void live_a_little(tests::RecordedGroup& group) {
  group.until_led_by(2);
  core::EventId last = group.submit(0);
  for (int i = 0; i < 30; ++i) last = group.submit(static_cast<core::Member>(i % 3), {last});
  group.until_delivered(1, 31);
  group.kill(2);
  group.until_led_by(1);
  last = group.submit(0, {last});
  group.until_delivered(1, 32);
  group.start(2);
  group.until_led_by(2);
  group.submit(1, {last});
  group.until_delivered(0, 33);
  group.processes[0].engine->take(net::Leave{});
  group.until([&] { return group.processes[0].facts.left; });
}

}  // namespace

TEST_CASE("a live group is replayed in the simulator") {
  const Storage storage = GENERATE(Storage::durable, Storage::memory);
  tests::RecordedGroup group(storage);
  live_a_little(group);
  const std::vector<tools::Past> lives = lives_of(group);
  REQUIRE(lives.size() == 4);
  const tools::Rebuilt rebuilt = tools::rebuild(lives, nullptr, nullptr);
  REQUIRE(rebuilt.impossible.empty());
  const sim::Scenario& scenario = rebuilt.scenario;
  CHECK(scenario.events.size() == 33);
  REQUIRE(scenario.faults.size() == 2);
  CHECK(std::holds_alternative<sim::Crash>(scenario.faults[0].action));
  CHECK(std::holds_alternative<sim::Restart>(scenario.faults[1].action));
  REQUIRE(scenario.membership.size() == 1);
  CHECK(scenario.membership[0].kind == sim::MembershipChange::Kind::leave);

  tools::LikesSink sink(3);
  std::vector<core::RecordSink*> sinks{&sink};
  sim::Outcome outcome;
  const auto failure = sim::try_out(scenario, scenario.seed, &outcome, sinks);
  if (failure) FAIL(failure->signature + ": " + failure->detail);
  const tools::Likes live = tools::likes_of(lives);
  CHECK(live.leaders == sink.likes().leaders);
  CHECK(live.leaders.front().first == 2);
  const std::size_t all = tools::deliveries(live);
  CHECK(all > 3 * 33);
  CHECK(tools::same_deliveries(live, sink.likes()) * 10 >= all * 9);

  const sim::Scenario again = read_again(scenario);
  CHECK(sim::replay(again, again.seed).digest == outcome.digest);
}

TEST_CASE("a live failure becomes small") {
  tests::RecordedGroup group(Storage::memory);
  group.until_led_by(2);
  for (int i = 0; i < 5; ++i) group.submit(0);
  group.until_delivered(1, 5);
  tools::Rebuilt rebuilt = tools::rebuild(lives_of(group), nullptr, nullptr);
  REQUIRE(rebuilt.impossible.empty());
  rebuilt.scenario.expect.at_least = {{core::Kind::violation, 1}};
  const std::size_t before = rebuilt.scenario.messages.size();
  const auto result = tools::shrink_failure({&rebuilt.scenario, rebuilt.scenario.seed, 1, false});
  REQUIRE(result);
  CHECK(before > 20);
  CHECK(result->shrunk.scenario.messages.empty());
}

TEST_CASE("what the simulator cannot begin with is told") {
  tests::RecordedGroup group(Storage::durable);
  group.until_led_by(2);
  group.submit(0);
  group.until_delivered(1, 1);
  group.kill(1);
  group.start(1);
  group.until_led_by(2);
  std::vector<tools::Past> lives = lives_of(group);
  REQUIRE(lives.size() == 4);
  lives.erase(lives.begin() + 1);
  CHECK(tools::rebuild(lives, nullptr, nullptr).impossible ==
        "n2 began with what an earlier run had left, and only that run's recordings tell what");
  lives.erase(lives.begin() + 1);
  CHECK(tools::rebuild(lives, nullptr, nullptr).impossible == "there is no recording of n2");
  lives[0].birth.group = "another";
  CHECK(tools::rebuild(lives, nullptr, nullptr).impossible.find("the group 'demo'") != std::string::npos);
}

TEST_CASE("deliveries are compared by their order") {
  const auto id = [](std::uint64_t number) { return core::EventId::of(0, number); };
  const tools::Likes a{.delivered = {{id(1), id(2), id(3), id(4), id(1)}}, .leaders = {}};
  const tools::Likes b{.delivered = {{id(2), id(1), id(3), id(5), id(4), id(1)}}, .leaders = {}};
  CHECK(tools::same_deliveries(a, a) == 5);
  CHECK(tools::same_deliveries(a, b) == 4);
  CHECK(tools::same_deliveries(b, a) == 4);
  CHECK(tools::same_deliveries(a, {.delivered = {{}}, .leaders = {}}) == 0);
}
