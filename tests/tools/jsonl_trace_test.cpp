#include "tools/trace/jsonl_trace.hpp"
#include "tools/trace/output_file.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/tools/records.hpp"
#include "tools/exit_code.hpp"

namespace {

using core::EventId;
using core::Kind;
using core::Record;
using tools_test::record;

const std::string kPath = std::filesystem::temp_directory_path() / ("bellwether_trace_test" + std::to_string(getpid()));

std::string read(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// The lines of a whole trace: header, what `records` are, end.
std::vector<std::string> trace_of(const std::vector<Record>& records, const sim::Outcome& outcome = {},
                                  const sim::Scenario& scenario = tools_test::three_nodes()) {
  tools::OutputFile file(kPath);
  tools::JsonlTrace trace(file, scenario, 42);
  for (const Record& one : records) trace.on(one);
  trace.end(outcome);
  std::istringstream in(read(kPath));
  std::filesystem::remove(kPath);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  REQUIRE(lines.size() == records.size() + 2);
  return lines;
}

std::string line_of(const Record& one) {
  return trace_of({one}).at(1);
}

}  // namespace

TEST_CASE("a trace begins with a header that holds the resolved scenario") {
  const nlohmann::json header = nlohmann::json::parse(trace_of({}).front());
  CHECK(trace_of({}).front().starts_with(
      R"({"kind":"header","format":"bellwether-trace","version":1,"scenario":"three",)"));
  CHECK(header["seed"] == 42);
  CHECK(header["mode"] == "sim");
  CHECK(header["quorum"] == "majority");
  CHECK(header["storage"] == "durable");
  CHECK(header["nodes"].dump() ==
        R"([{"id":1,"name":"n1","rank":0},{"id":2,"name":"n2","rank":0},{"id":3,"name":"n3","rank":0}])");
  CHECK(header["config"]["seed"] == 42);
  CHECK(header["config"]["timing"]["heartbeat_interval"] == "500ms");
}

TEST_CASE("a trace ends with the verdict, the digest and the counts of what occurred") {
  sim::Outcome outcome;
  outcome.end = {60'000'000'000};
  outcome.digest = {1, 2};
  outcome.counts[static_cast<std::size_t>(Kind::crash)] = 2;
  outcome.counts[static_cast<std::size_t>(Kind::send)] = 7;
  CHECK(trace_of({}, outcome).back() ==
        R"({"kind":"end","at":60000000000,"verdict":"fail","digest":"00000000000000010000000000000002",)"
        R"("counts":{"crash":2,"send":7}})");
  outcome.judgement.passed = true;
  CHECK(nlohmann::json::parse(trace_of({}, outcome).back())["verdict"] == "pass");
}

TEST_CASE("what happens to nodes") {
  Record restart = record(Kind::restart, 2);
  restart.number = 2;
  restart.seq = 17;
  CHECK(line_of(restart) == R"({"kind":"restart","at":5,"node":"n3","incarnation":2,"applied":17})");
  CHECK(line_of(record(Kind::start, 0)) == R"({"kind":"start","at":5,"node":"n1","incarnation":0,"applied":0})");
  CHECK(line_of(record(Kind::crash, 0)) == R"({"kind":"crash","at":5,"node":"n1"})");
  CHECK(line_of(record(Kind::pause, 1)) == R"({"kind":"pause","at":5,"node":"n2"})");
  CHECK(line_of(record(Kind::resume, 1)) == R"({"kind":"resume","at":5,"node":"n2"})");
}

TEST_CASE("members that join, leave, forget and refuse") {
  Record one = record(Kind::restart, 2);
  one.number = 3;
  one.forgot = true;
  CHECK(line_of(one) == R"({"kind":"restart","at":5,"node":"n3","incarnation":3,"applied":0,"forgot":true})");
  CHECK(line_of(record(Kind::leave, 1)) == R"({"kind":"leave","at":5,"node":"n2"})");
  one = record(Kind::crash, 1);
  one.left = true;
  CHECK(line_of(one) == R"({"kind":"crash","at":5,"node":"n2","left":true})");
  one = record(Kind::snapshot, 0);
  one.seq = 120;
  one.epoch = 4;
  CHECK(line_of(one) == R"({"kind":"snapshot","at":5,"node":"n1","seq":120,"epoch":4})");
  const core::Details drift{"quorum is majority here and none there", "", {}, {}};
  one = record(Kind::refused, 0);
  one.peer = 2;
  one.more = &drift;
  CHECK(line_of(one) ==
        R"({"kind":"refused","at":5,"node":"n1","peer":"n3","reason":"quorum is majority here and none there"})");
  one = record(Kind::role, 0);
  one.role = core::Role::recovering;
  CHECK(line_of(one) == R"({"kind":"role","at":5,"node":"n1","role":"recovering","epoch":0})");
  one.role = core::Role::learner;
  CHECK(line_of(one) == R"({"kind":"role","at":5,"node":"n1","role":"learner","epoch":0})");
  const core::Event voters{EventId::made_in(2, 3), {}, "voters_changed", "0 2", {}};
  one = record(Kind::deliver, 1);
  one.id = voters.id;
  one.event = &voters;
  one.seq = 9;
  one.epoch = 2;
  CHECK(line_of(one) == R"({"kind":"deliver","at":5,"node":"n2","seq":9,"epoch":2,"event":"@2:3","depends_on":[],)"
                        R"("type":"voters_changed","voters":["n1","n3"]})");
}

TEST_CASE("messages") {
  core::Details reason;
  reason.text = "loss";
  Record message = record(Kind::send, 0);
  message.peer = 1;
  message.number = 9;
  message.type = core::MessageType::claim;
  message.epoch = 4;
  CHECK(line_of(message) == R"({"kind":"send","at":5,"node":"n1","to":"n2","msg":9,"type":"CLAIM","epoch":4})");
  message.kind = Kind::recv;
  CHECK(line_of(message) == R"({"kind":"recv","at":5,"node":"n1","from":"n2","msg":9,"type":"CLAIM"})");
  message.kind = Kind::drop;
  message.more = &reason;
  CHECK(line_of(message) == R"({"kind":"drop","at":5,"from":"n2","to":"n1","msg":9,"type":"CLAIM","reason":"loss"})");
}

TEST_CASE("suspicion, roles and leaders") {
  Record one = record(Kind::suspect, 0);
  one.peer = 2;
  one.phi_milli = 8125;
  one.epoch = 3;
  CHECK(line_of(one) == R"({"kind":"suspect","at":5,"node":"n1","peer":"n3","phi_milli":8125})");
  one.kind = Kind::trust;
  CHECK(line_of(one) == R"({"kind":"trust","at":5,"node":"n1","peer":"n3","phi_milli":8125})");
  one.kind = Kind::leader;
  CHECK(line_of(one) == R"({"kind":"leader","at":5,"node":"n1","leader":"n3","epoch":3})");
  one.peer = core::kNobody;
  CHECK(line_of(one) == R"({"kind":"leader","at":5,"node":"n1","leader":null,"epoch":3})");
  one.kind = Kind::role;
  one.role = core::Role::electing;
  CHECK(line_of(one) == R"({"kind":"role","at":5,"node":"n1","role":"electing","epoch":3})");
}

TEST_CASE("events on their way from submission to acknowledgement") {
  const core::Event event{EventId::of(0, 2), {EventId::of(0, 1), EventId::of(1, 4, 3)}, "tick", "bytes", {}};
  Record one = record(Kind::submit, 0);
  one.id = event.id;
  one.event = &event;
  one.seq = 6;
  one.epoch = 3;
  CHECK(line_of(one) ==
        R"({"kind":"submit","at":5,"node":"n1","event":"n1:2","depends_on":["n1:1","n2~3:4"],"type":"tick"})");
  one.kind = Kind::deliver;
  CHECK(line_of(one) ==
        R"({"kind":"deliver","at":5,"node":"n1","seq":6,"epoch":3,"event":"n1:2","depends_on":["n1:1","n2~3:4"],)"
        R"("type":"tick"})");
  one.event = nullptr;
  one.kind = Kind::order;
  CHECK(line_of(one) == R"({"kind":"order","at":5,"node":"n1","seq":6,"epoch":3,"event":"n1:2"})");
  one.kind = Kind::commit;
  CHECK(line_of(one) == R"({"kind":"commit","at":5,"node":"n1","seq":6,"epoch":3})");
  one.kind = Kind::ack;
  CHECK(line_of(one) == R"({"kind":"ack","at":5,"node":"n1","event":"n1:2","seq":6})");
}

TEST_CASE("the group's own entries and rejections") {
  const core::Event entry{EventId::made_in(5, 2), {}, "rejected", "a cause is missing", EventId::of(2, 8)};
  Record one = record(Kind::deliver, 1);
  one.id = entry.id;
  one.event = &entry;
  one.seq = 1;
  one.epoch = 5;
  CHECK(line_of(one) == R"({"kind":"deliver","at":5,"node":"n2","seq":1,"epoch":5,"event":"@5:2","depends_on":[],)"
                        R"("type":"rejected","rejects":"n3:8"})");
  core::Details why;
  why.text = "overloaded";
  Record reject = record(Kind::reject, 2);
  reject.more = &why;
  CHECK(line_of(reject) == R"({"kind":"reject","at":5,"node":"n3","event":null,"reason":"overloaded"})");
  reject.id = EventId::of(2, 8);
  CHECK(line_of(reject) == R"({"kind":"reject","at":5,"node":"n3","event":"n3:8","reason":"overloaded"})");
}

TEST_CASE("faults and violations") {
  const core::Details cut{"cut", "", {0, 1}, {{0, 1}, {1, 0}}};
  Record one = record(Kind::fault, core::kNobody);
  one.number = 3;
  one.more = &cut;
  CHECK(line_of(one) ==
        R"({"kind":"fault","at":5,"fault":3,"name":"cut","nodes":["n1","n2"],"closed":[["n1","n2"],["n2","n1"]]})");
  const core::Details healed{"cut", "", {}, {}};
  one.kind = Kind::heal;
  one.more = &healed;
  CHECK(line_of(one) == R"({"kind":"heal","at":5,"fault":3,"name":"cut","nodes":[],"closed":[]})");
  const core::Details broken{"fifo", "n1 delivers \"n2:3\"\nafter n2:4", {}, {}};
  one.kind = Kind::violation;
  one.more = &broken;
  CHECK(line_of(one) ==
        R"({"kind":"violation","at":5,"invariant":"fifo","detail":"n1 delivers \"n2:3\"\nafter n2:4"})");
}

TEST_CASE("lamps") {
  const auto line = [](std::uint32_t approaches, std::uint32_t approach) {
    sim::Scenario scenario = tools_test::three_nodes();
    scenario.group.city.lights.intersections = 2;
    scenario.group.city.lights.approaches = approaches;
    const core::Details details{.light = {{1, approach}, core::Colour::green, {9'000'000'000}}};
    Record light = record(Kind::light, 2);
    light.more = &details;
    return trace_of({light}, {}, scenario).at(1);
  };
  CHECK(line(4, 3).ends_with(R"("node":"n3","intersection":2,"approach":"west","colour":"GREEN","until":9000000000})"));
  CHECK(line(3, 2).ends_with(R"("node":"n3","intersection":2,"approach":2,"colour":"GREEN","until":9000000000})"));
}

TEST_CASE("text is escaped, so that every line is JSON") {
  const auto escaped = [](std::string_view text) {
    std::string out;
    tools::append_json(out, text);
    return out;
  };
  CHECK(escaped("a\"b\\c") == R"("a\"b\\c")");
  CHECK(escaped("\n\r\t") == R"("\n\r\t")");
  CHECK(escaped(std::string_view("\0\x1f", 2)) == R"("\u0000\u001f")");
  CHECK(escaped("φ…") == "\"φ…\"");
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  CHECK(nlohmann::json::parse(escaped(all)).get<std::string>() == all);
  sim::Scenario odd = tools_test::three_nodes();
  odd.group.members[0].name = "a \"b\"";
  CHECK(nlohmann::json::parse(trace_of({record(Kind::crash, 0)}, {}, odd).at(1))["node"] == "a \"b\"");
}

TEST_CASE("a file appears whole or not at all") {
  std::ofstream(kPath) << "old";
  {
    tools::OutputFile file(kPath);
    file.write("half");
  }
  CHECK(read(kPath) == "old");
  {
    tools::OutputFile file(kPath);
    file.write("new");
    CHECK(read(kPath) == "old");
    file.commit();
  }
  CHECK(read(kPath) == "new");
  std::size_t left = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(kPath).parent_path()))
    left += entry.path().string().starts_with(kPath) ? 1U : 0U;
  CHECK(left == 1);
  std::filesystem::remove(kPath);
}

TEST_CASE("where nothing can be written is found at once, a full disk at the end") {
  CHECK_THROWS_AS(tools::OutputFile("/no/such/folder/x"), tools::BadInput);
  CHECK_THROWS_AS(tools::OutputFile("/"), tools::BadInput);
  tools::OutputFile full("/dev/full");
  full.write("x");
  CHECK_THROWS_AS(full.commit(), tools::BadInput);
}

TEST_CASE("a step of a crash names its units, or none") {
  core::Details more;
  more.dispatch = {.crash = "car1/2", .step = core::Step::queued, .ambulance = {}, .hospital = {}, .beds_free = 7};
  Record queued = record(Kind::dispatch, 1), arrived = queued;
  queued.more = &more;
  CHECK(line_of(queued) == R"({"kind":"dispatch","at":5,"node":"n2","crash":"car1/2","step":"queued",)"
                           R"("ambulance":null,"hospital":null,"beds_free":7})");
  more.dispatch = {"car1/2", core::Step::arrived, "ambulance3", "hospital1", 0};
  arrived.more = &more;
  CHECK(line_of(arrived) == R"({"kind":"dispatch","at":5,"node":"n2","crash":"car1/2","step":"arrived",)"
                            R"("ambulance":"ambulance3","hospital":"hospital1","beds_free":0})");
}
