// A scenario written as a file: short, in the words of those that people wrote, and the same scenario again.
#include "tools/scenario_yaml.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "sim/hunt/swarm.hpp"
#include "sim/scenario/decode.hpp"
#include "sim/world/replay.hpp"
#include "tests/tools/records.hpp"
#include "tools/scenario_files.hpp"
#include "tools/scenario_json.hpp"
#include "tools/yaml_text.hpp"

namespace {

namespace fs = std::filesystem;

// What the decoder complains about; "": it takes the text.
std::string complaints(const std::string& text) {
  const auto result = sim::decode(text, "written.yaml");
  std::string out;
  if (const auto* problems = std::get_if<std::vector<sim::Problem>>(&result))
    for (const sim::Problem& problem : *problems) out += problem.message + "\n";
  return out;
}

sim::Scenario decoded(const std::string& text) {
  INFO(text);
  REQUIRE(complaints(text).empty());
  return std::get<sim::Scenario>(sim::decode(text, "written.yaml"));
}

constexpr const char* kExample = R"(# What a hunter found.
#
# Two lines of a story.
version: 1
name: example
description: "Colons: they need quotes."
seed: 18
duration: 90s

nodes: [{name: a, id: 1, rank: -2}, {name: b, timing: {retransmit: 100ms}}, {name: c}]
group: {quorum: none, storage: durable}

network:
  default: {loss: 2500ppm}
  links:
    - {from: a, to: [b, c], latency: {normal: [10ms, 2ms]}}
disk: {latency: 2ms}

workload:
  - {submit: 1/137ms, start: 2s, chain: 3}
  - {dispatch: {cars: 2, give_back: 7s, away: [{who: car1, at: 5s, for: 2s}]}}
  - {join: c, at: 5s}
  - {event: e1, from: a, at: 12s}
  - {event: e2, from: b, at: 12500ms, after: [e1], size: 20}

messages:
  - {from: a, to: b, type: PROMISE, nth: 3, drop: true}
  - {from: a, to: b, type: ORDER, nth: 1, copy: 12s}

faults:
  - {every: 5s, crash: random, for: 2s}
  - {when: {kind: order, nth: 50}, plus: 1ms, crash: it}
  - {at: 25s, partition: [[a, b], [c]], for: 10s}
  - {at: 41s, link: {from: all, to: b, loss: 30%}, for: 4s}
  - {at: 42s, clock: {node: b, drift: -200ppm}}
  - {at: 60s, calm: majority}

expect:
  invariants: all
  violations: [durability]
  final_leader: c
  at_least: {deliver: 500}
)";

}  // namespace

TEST_CASE("a scenario is written as a person would") {
  std::string expected = kExample;
  expected.erase(expected.find(", storage: durable"), 18);  // a default
  const std::string comment = "What a hunter found.\n\nTwo lines of a story.";
  CHECK(tools::scenario_yaml(decoded(kExample), comment) == expected);
}

TEST_CASE("what is default is left out") {
  const sim::Scenario small = decoded("version: 1\nnodes: 3\nname: small\n");
  CHECK(tools::scenario_yaml(small) == "version: 1\nname: small\n\nnodes: 3\n\nexpect:\n  invariants: all\n");
  sim::Scenario slow = small;
  slow.group.timing.election_timeout = core::Duration::s(8);
  const std::string start = "version: 1\nname: small\n\nnodes: 3\ntiming: {election_timeout: 8s}\n\nexpect:\n";
  CHECK(tools::scenario_yaml(slow) == start + "  invariants: all\n  settle: 15s\n");
  slow.expect.settle = core::Duration::s(24);
  CHECK(tools::scenario_yaml(slow) == start + "  invariants: all\n");
}

TEST_CASE("steps are written in place of all that happens else") {
  const std::string text =
      "version: 1\nname: steps\nseed: 3\n\nnodes: 3\ngroup: {quorum: none}\n\nsteps:\n"
      "  - {submit: n3, crash_after: 2}\n  - {deliver: n1, from: n3, what: ORDER}\n"
      "  - {fire: candidacy, node: n1}\n  - {lose: n1, from: n3}\n  - {duplicate: n1, from: n3}\n"
      "  - {suspect: n3, node: n1}\n  - {crash: n2}\n  - {restart: n2}\n\nexpect:\n  invariants: all\n";
  const sim::Scenario scenario = decoded(text);
  REQUIRE(scenario.steps.size() == 8);
  CHECK(tools::scenario_yaml(scenario) == text);
  CHECK(tools::scenario_json(scenario)["steps"].size() == 8);
}

TEST_CASE("what does not fit on a line stands on several") {
  sim::Scenario scenario = decoded("version: 1\nnodes: 3\nname: long\n");
  scenario.group.timing = {.heartbeat_interval = core::Duration::s(2),
                           .phi_acceptable_pause = core::Duration::s(2),
                           .fixed_timeout = core::Duration::s(4),
                           .answer_timeout = core::Duration::s(4),
                           .election_timeout = core::Duration::s(10),
                           .retransmit = core::Duration::s(1),
                           .hold_timeout = core::Duration::s(20)};
  scenario.group.members[0].name = std::string(100, 'x');
  const std::string text = tools::scenario_yaml(scenario);
  CHECK(text.find("nodes:\n  - {name: " + std::string(100, 'x') + "}\n  - {name: n2}\n") != std::string::npos);
  CHECK(text.find("timing:\n  heartbeat_interval: 2s\n  phi_acceptable_pause: 2s\n") != std::string::npos);
}

TEST_CASE("texts have quotes where they need them") {
  CHECK(tools::flow_yaml({{"a", {"b", 1, true, "null", "1ms..2ms", "random(2)", "-5ppm", "a b"}}}) ==
        R"({a: [b, 1, true, "null", 1ms..2ms, random(2), -5ppm, "a b"]})");
  CHECK(tools::sentence_yaml("What n5's friends, all of them, do.") == "What n5's friends, all of them, do.");
  for (const std::string text : {"a: b", "a #b", "- a", "", "a\nb", "No", "ends:", "äh"}) {
    CAPTURE(text);
    CHECK(tools::sentence_yaml(text).starts_with('"'));
    if (text.empty()) continue;
    const std::string file = "version: 1\nnodes: 1\nname: " + tools::sentence_yaml(text) + "\n";
    CHECK(decoded(file).name == text);
  }
}

TEST_CASE("random scenarios are the same again after they were written and read") {
  std::size_t replayed = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const sim::Scenario scenario = sim::swarm(seed);
    const std::string text = tools::scenario_yaml(scenario);
    const sim::Scenario again = decoded(text);
    CHECK(tools::scenario_yaml(again) == text);
    CHECK(tools::scenario_json(again) == tools::scenario_json(scenario));
    if (seed % 10 != 0) continue;
    CHECK(sim::replay(again, seed).digest == sim::replay(scenario, seed).digest);
    ++replayed;
  }
  CHECK(replayed >= 20);
}

TEST_CASE("every random scenario is a valid file") {
  for (std::uint64_t seed = 1; seed <= 3'000; ++seed) {
    CAPTURE(seed);
    CHECK(complaints(tools::scenario_yaml(sim::swarm(seed))) == "");
  }
}

TEST_CASE("a variation of a scenario is a file as well") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    const std::string text = tools::scenario_yaml(sim::vary(sim::swarm(seed % 20), seed));
    CHECK(tools::scenario_yaml(decoded(text)) == text);
  }
}

TEST_CASE("shipped scenarios are the same again after they were written and read") {
  std::size_t seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator{fs::path{SOURCE_DIR} / "scenarios"}) {
    if (entry.path().extension() != ".yaml") continue;
    CAPTURE(entry.path());
    const sim::Scenario scenario = tools::load_scenarios({entry.path().string()}).at(0);
    const std::string text = tools::scenario_yaml(scenario);
    const sim::Scenario again = decoded(text);
    CHECK(tools::scenario_yaml(again) == text);
    CHECK(tools::scenario_json(again) == tools::scenario_json(scenario));
    ++seen;
  }
  CHECK(seen > 60);
}
