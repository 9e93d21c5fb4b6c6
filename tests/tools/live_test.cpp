// Real processes, real sockets, real disks: what `live` says of a scenario is what `run` says, its trace is one that
// could be, and nothing is left behind, however it ends.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/tools/folder.hpp"
#include "tools/trace/trace_reader.hpp"

namespace {

using nlohmann::json;

// Four seconds in which everything that usually takes seconds takes tenths.
std::string scenario(const std::string& name, const std::string& rest) {
  return "version: 1\nname: " + name +
         "\nduration: 4s\nnodes: 3\n"
         "timing: {heartbeat_interval: 50ms, phi_min_stddev: 30ms, phi_acceptable_pause: 250ms, answer_timeout: 100ms,"
         " election_timeout: 300ms, hold_timeout: 300ms}\n"
         "network: {default: {latency: 1ms..3ms, loss: 0%}}\n"
         "workload: [{submit: 100/s, from: all, start: 500ms, stop: 2500ms, chain: 3}]\n" +
         rest;
}

constexpr const char* kSafe = "expect: {delivered: all, final_leader: n3, at_least: {ack: 100}}\n";
constexpr const char* kJoins =
    "nodes: [{name: n1, id: 1}, {name: n2, id: 2}, {name: n3, id: 3}, {name: n4, id: 4}]\n"
    "workload: [{submit: 100/s, from: [n2, n3], start: 500ms, stop: 2500ms, chain: 3}, {join: n4, at: 1s},"
    " {leave: n1, at: 1500ms}]\n"
    "expect: {delivered: all, final_leader: n4, at_least: {ack: 100, leave: 1}}\n";
constexpr const char* kLightsPlan =
    "{lights: {green: 300ms, min_green: 100ms, yellow: 100ms, all_red: 100ms, plan: demand, cars_every: 100ms}}, ";
// The leader is killed during a green, then a node of lamps stands still.
constexpr const char* kLights =
    "faults: [{when: {kind: light, nth: 7}, plus: 100ms, crash: leader, for: 300ms}, {at: 2s, pause: n1, for: 700ms}]\n"
    "expect: {delivered: all, final_leader: n3, at_least: {ack: 100, light: 18}}\n";
constexpr const char* kDispatchLoad =
    "{dispatch: {cars: 4, ambulances: 2, hospitals: 2, beds: 4, crash_every: 250ms, start: 400ms, stop: 1900ms,"
    " leg: 50ms, handover: 50ms, stay: 500ms, patience: 300ms, give_back: 500ms,"
    " away: [{who: ambulance2, at: 1200ms, for: 300ms}]}}, ";
constexpr const char* kDispatch =
    "faults: [{when: {kind: dispatch, nth: 8}, plus: 0ms, crash: leader, for: 300ms}]\n"
    "expect: {delivered: all, completed: all, final_leader: n3, at_least: {ack: 100, dispatch: 130}}\n";
constexpr const char* kSplit =
    "group: {quorum: none}\nfaults: [{at: 1s, partition: [[n1], [n2, n3]], for: 1s}]\n"
    "expect: {violations: [prefix_agreement], tolerated: [durability, liveness, no_gap, integrity, fifo, causal,"
    " monotone, bully, epoch_leader]}\n";

// By name; each with a fault of another kind.
std::map<std::string, std::string> scenarios() {
  std::map<std::string, std::string> all;
  const auto add = [&](const std::string& name, const std::string& rest) { all[name] = scenario(name, rest); };
  const auto safe = [&](const std::string& name, const std::string& faults, const std::string& group = "") {
    add(name, group + "faults: [" + faults + "]\n" + kSafe);
  };
  safe("crash", "{when: {kind: order, nth: 50}, plus: 0ms, crash: it, for: 500ms}");
  safe("partition", "{at: 1s, partition: [[n3], [n1, n2]], for: 700ms}");
  safe("cut", "{at: 1s, cut: {from: n3, to: [n1, n2]}, for: 700ms}");
  safe("pause", "{at: 1s, pause: leader, for: 700ms}");
  safe("rough-links", "{at: 1s, link: {from: all, to: all, loss: 20%, latency: 1ms..20ms, duplicate: 20%}, for: 1s}");
  safe("clock", "{at: 1s, clock: {node: n3, drift: 4000ppm}, for: 1s}");
  safe("slow-disk", "{at: 1s, disk: {node: n2, fault: slow, latency: 5ms..20ms}, for: 1s}");
  safe("full-disk", "{at: 1s, disk: {node: n3, fault: full}, for: 300ms}, {at: 1500ms, restart: crashed}");
  safe("corrupt-disk", "{at: 1s, disk: {node: n3, fault: corrupt}}, {at: 1100ms, crash: n3, for: 200ms}");
  safe("torn-write", "{at: 1s, disk: {node: all, fault: torn_write}}, {at: 1100ms, crash: all, for: 200ms}");
  safe("amnesia", "{at: 1s, crash: n3, for: 300ms}", "group: {storage: volatile}\n");
  add("split-brain", kSplit);
  const auto city = [&](const std::string& name, const std::string& rest, const char* load) {
    std::string text = scenario(name, rest);
    all[name] = text.insert(text.find("{submit"), load);
  };
  city("lights", kLights, kLightsPlan);
  city("dispatch", kDispatch, kDispatchLoad);
  std::string joins = scenario("joins", kJoins);
  joins.erase(joins.find("nodes: 3\n"), 9);
  joins.erase(joins.find("workload:"), joins.find("nodes:") - joins.find("workload:"));
  all["joins"] = joins;
  return all;
}

// Of each scenario: whether it passed, what was violated and what was expected of it.
std::map<std::string, json> verdicts(const tests::Folder& folder) {
  std::map<std::string, json> found;
  const json document = json::parse(folder.read("out"));
  for (const json& result : document["results"]) {
    std::set<std::string> violated;
    for (const json& violation : result["violations"]) violated.insert(violation["invariant"]);
    violated.erase("liveness"), violated.erase("bully");  // what is tolerated may differ
    json expectations;
    for (const json& expectation : result["expectations"])
      expectations[expectation["name"].get<std::string>()] = expectation["held"];
    found[result["scenario"]] = {{"verdict", result["verdict"]}, {"expectations", expectations}};
    if (result["scenario"] != "split-brain") CHECK(violated.empty());
  }
  return found;
}

// Whether a process of a node is there; their names are theirs alone.
bool node_runs(const std::string& name) {
  for (const auto& process : std::filesystem::directory_iterator("/proc")) {
    std::ifstream comm(process.path() / "comm");
    std::string running;
    if (std::getline(comm, running) && running == "bellwether " + name) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a live run ends with the simulator's verdict") {
  const tests::Folder folder("live_parity");
  std::string files;
  for (const auto& [name, text] : scenarios()) {
    folder.write(name + ".yaml", text);
    files += name + ".yaml ";
  }
  CHECK(folder.call("run --json " + files) == 0);
  const auto expected = verdicts(folder);
  CHECK(folder.call("live --json -j 3 " + files) == 0);
  INFO(folder.read("out"));
  CHECK(folder.read("out").find("\"mode\":\"live\"") != std::string::npos);
  const auto found = verdicts(folder);
  CHECK(expected.size() == scenarios().size());
  for (const auto& [name, verdict] : expected) {
    CAPTURE(name);
    CHECK(found.at(name) == verdict);
  }
}

TEST_CASE("the trace of a live run could be one: time goes on, and what arrives was sent") {
  const tests::Folder folder("live_trace");
  folder.write("crash.yaml", scenarios().at("crash"));
  const int code = folder.call("live crash.yaml --wire json --trace trace.jsonl");
  INFO(folder.read("out"));
  REQUIRE(code == 0);
  tools::TraceReader trace((folder.path / "trace.jsonl").string());
  CHECK(trace.header()["mode"] == "live");
  std::int64_t now = 0;
  std::map<std::uint64_t, std::string> sent;  // message: receiver
  std::map<std::string, int> counts;
  std::set<std::string> submitted;
  while (trace.next()) {
    const tools::Json record = *trace.record();
    const std::string kind = record["kind"];
    ++counts[kind];
    CHECK(record["at"].get<std::int64_t>() >= now);
    now = record["at"];
    if (kind == "send") CHECK(sent.emplace(record["msg"], record["to"]).second);
    if (kind == "recv") CHECK(sent[record["msg"]] == record["node"].get<std::string>());
    if (kind == "submit") CHECK(submitted.insert(record["event"]).second);
    if (kind == "deliver" && record["event"].get<std::string>()[0] != '@') CHECK(submitted.contains(record["event"]));
  }
  CHECK(counts["crash"] == 1);
  CHECK(counts["restart"] == 1);
  CHECK(counts["recv"] > 1'000);
}

TEST_CASE("lamps outlive their nodes, and what they said is recorded") {
  const tests::Folder folder("live_lamps");
  folder.write("lights.yaml", scenarios().at("lights"));
  REQUIRE(folder.call("live lights.yaml --keep there") == 0);
  tools::TraceReader trace((folder.path / "there" / "trace.jsonl").string());
  std::string node, last;  // of the node that was stopped
  int while_stopped = 0;
  while (trace.next()) {
    const tools::Json record = *trace.record();
    const std::string kind = record["kind"];
    if (kind == "pause") node = record["node"];
    if (kind == "resume") node.clear();
    if (kind != "light" || record["node"] != node) continue;
    ++while_stopped, last = record["colour"];
  }
  CHECK((while_stopped == 0 || last == "RED"));
  CHECK(folder.call("replay there --json") == 0);
  const json document = json::parse(folder.read("out"));
  CHECK(document["lives"].size() == 4);
  for (const json& life : document["lives"]) CHECK(life["difference"].is_null());
}

TEST_CASE("a live run that is broken off leaves no process behind") {
  const tests::Folder folder("live_end");
  const std::string name = "x" + std::to_string(getpid() % 1000);  // names of processes are short
  folder.write("long.yaml", "version: 1\nname: long\nduration: 60s\nnodes: [{name: " + name + "}]\n");
  CHECK(folder.call("live long.yaml", "timeout --preserve-status -s INT 2") == 130);
  CHECK(folder.read("err").find("interrupted") != std::string::npos);
  CHECK_FALSE(node_runs(name));
  CHECK(folder.call("live long.yaml", "timeout -s KILL 2") == 137);
  for (int tries = 0; tries < 100 && node_runs(name); ++tries) usleep(20'000);
  CHECK_FALSE(node_runs(name));
}

TEST_CASE("what nodes leave behind is kept if it is asked for") {
  const tests::Folder folder("live_keep");
  folder.write("short.yaml", "version: 1\nname: short\nduration: 1s\nnodes: 2\n");
  CHECK(folder.call("live short.yaml --keep there") == 0);
  CHECK(std::filesystem::exists(folder.path / "there" / "n2" / "store.db"));
  CHECK(folder.call("live short.yaml --keep there") == 2);
  CHECK(folder.read("err").find("not empty") != std::string::npos);
  CHECK(folder.call("live short.yaml --keep elsewhere --seeds 1..2") == 2);
  CHECK(folder.read("err").find("exactly one run") != std::string::npos);
}
