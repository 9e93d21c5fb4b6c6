// Live groups, recorded and replayed: their nodes one by one, and the whole in the simulator.
#include <sys/wait.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

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

struct Call {
  int code = -1;
  std::string text;  // of both
};

Call call(const std::string& arguments) {
  const std::string command = BINARY_DIR "/bellwether " + arguments + " 2>&1";
  Call made;
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> bytes{};
  while (const std::size_t size = std::fread(bytes.data(), 1, bytes.size(), pipe)) made.text.append(bytes.data(), size);
  made.code = WEXITSTATUS(pclose(pipe));
  return made;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
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
  REQUIRE(sink.likes().leaders.size() >= 2);  // at a busy moment the third comes too late
  CHECK(live.leaders[0] == sink.likes().leaders[0]);
  CHECK(live.leaders[1] == sink.likes().leaders[1]);
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

TEST_CASE("`replay` tells of nodes and of their group") {
  tests::RecordedGroup group(Storage::memory);
  group.until_led_by(2);
  for (int i = 0; i < 5; ++i) group.submit(0);
  group.until_delivered(1, 5);
  const tests::Folder out("replay_test");
  const std::string folder = (group.folder / "recordings").string(), file = out.path / "group.yaml";

  const Call whole = call("replay " + folder + " -o " + file);
  CHECK(whole.code == 0);
  CHECK(has(whole.text, "/n1.1.rec: n1, "));
  CHECK(has(whole.text, " outputs, all equal"));
  CHECK(has(whole.text, "demo in the simulator: passes"));
  CHECK(call("run " + file).code == 0);

  const Call json = call("replay " + folder + " --node-only --json");
  CHECK(json.code == 0);
  const auto document = nlohmann::json::parse(json.text);
  CHECK(document["lives"].size() == 3);
  CHECK(document["lives"][1]["difference"].is_null());
  CHECK(document["group"].is_null());
  CHECK(!std::filesystem::exists(folder + "/replay.yaml"));

  const Call foreign = call("replay " + file);
  CHECK(foreign.code == 2);
  CHECK(has(foreign.text, "group.yaml: is no recording of bellwether"));
  CHECK(call("replay " + out.path.string()).code == 2);
  CHECK(call("replay " + folder + "/n1.1.rec -o " + file).code == 2);
}

TEST_CASE("the faults of a live run come from its trace") {
  const tests::Folder folder("troubles_test");
  const std::string trace = folder.path / "trace.jsonl";
  std::ofstream(trace) << R"({"kind":"header","format":"bellwether-trace","version":1}
{"kind":"fault","at":1000,"fault":0,"name":"cut","nodes":["n1"],"closed":[["n1","n2"],["n1","n3"]]}
{"kind":"pause","at":1500,"node":"n2"}
{"kind":"heal","at":2000,"fault":0,"name":"cut","nodes":["n1"],"closed":[["n1","n3"]]}
{"kind":"resume","at":2500,"node":"n2"}
{"kind":"fault","at":3000,"fault":1,"name":"clock","nodes":["n3"],"closed":[["n1","n3"]]}
{"kind":"crash","at":4000,"node":"n2"}
)";
  sim::Scenario scenario;
  scenario.group = tests::quick_group(Storage::memory);
  scenario.faults = {{.trigger = {}, .action = sim::Cut{}, .lasts = {}},
                     {.trigger = {}, .action = sim::ClockFault{{}, 200, {}}, .lasts = core::Duration::s(1)}};
  const tools::Troubles troubles = tools::troubles_in(trace, scenario);
  REQUIRE(troubles.faults.size() == 4);
  CHECK(troubles.faults[0].lasts == core::Duration{1'000});  // n1 to n2
  CHECK(!troubles.faults[1].lasts);                          // n1 to n3, for good
  CHECK(std::get<sim::At>(troubles.faults[2].trigger).at == core::Duration{1'500});
  CHECK(std::holds_alternative<sim::Pause>(troubles.faults[2].action));
  CHECK(std::get<sim::ClockFault>(troubles.faults[3].action).who.front().member == 2);
  CHECK(troubles.crashes.at(1) == 1);
  CHECK(troubles.paused_at_end.empty());
  CHECK(troubles.open({0, 1}, {999}));
  CHECK(!troubles.open({0, 1}, {1'000}));
  CHECK(troubles.open({0, 1}, {2'000}));
  CHECK(!troubles.open({0, 2}, {9'000}));
  scenario.faults.clear();
  CHECK_THROWS_WITH(tools::troubles_in(trace, scenario), Catch::Contains("trace.jsonl:2: the trace is of another run"));
}
