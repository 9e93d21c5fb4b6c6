// A trace in words: what stands in which column, what is left out, and that it is said.
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/folder.hpp"
#include "tests/tools/records.hpp"
#include "tools/report/log.hpp"

namespace {

using core::Kind;
using core::Record;
using tools_test::record;

const core::Details kCut{"cut", "", {0, 1}, {{0, 1}}};

Record message(Kind kind, core::Member node, core::Member peer, core::MessageType type, std::int64_t at_ms) {
  Record one = record(kind, node, at_ms * 1'000'000);
  one.peer = peer;
  one.type = type;
  return one;
}

// Sends and receives, a fault, a delivery with a long name, and a heartbeat.
std::vector<Record> some() {
  std::vector<Record> out{message(Kind::send, 0, 1, core::MessageType::order, 1'000),
                          message(Kind::recv, 1, 0, core::MessageType::order, 1'005),
                          message(Kind::recv, 2, 0, core::MessageType::heartbeat, 1'005)};
  out.push_back(record(Kind::fault, core::kNobody, 1'005'000'000));
  out.back().more = &kCut;
  out.push_back(record(Kind::deliver, 1, 1'200'000'000));
  out.back().id = core::EventId::of(2, 123'456'789'012, 3);
  out.back().seq = 12;
  return out;
}

std::string shown(const tools::LogLook& look, const std::vector<core::Member>& members = {0, 1, 2}) {
  sim::Scenario scenario = tools_test::three_nodes();
  scenario.duration = core::Duration::s(9);
  tools::Log log(scenario, members, look);
  std::string out = log.head();
  for (const Record& one : some()) out += log.lines(one);
  return out + log.notes();
}

std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) most = std::max(most, tools::columns_of(line));
  return most;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a line for each record, in words") {
  CHECK(shown({}) ==
        "1.000  n1  ORDER to n2\n"
        "1.005  n2  ORDER from n1\n"
        "           cut: closed: n1 → n2\n"
        "1.200  n2  delivers #12 n3~3:123456789012\n"
        "1 record of heartbeats not shown: --heartbeats\n");
}

TEST_CASE("a column for each node; long words are wrapped, and faults cross all columns") {
  CHECK(shown({.columns = true, .width = 47}) ==
        "       n1            n2            n3\n"
        "1.000  ORDER to n2\n"
        "1.005                ORDER from\n"
        "                     n1\n"
        "       ══ cut: closed: n1 → n2 ════════════════\n"
        "1.200                delivers #12\n"
        "                     n3~3:1234567\n"
        "                     89012\n"
        "1 record of heartbeats not shown: --heartbeats\n");
}

TEST_CASE("what has no room is named, heartbeats and kinds are chosen") {
  const std::string narrow = shown({.columns = true, .width = 40});
  CHECK(narrow.starts_with("       n1               n2\n"));
  CHECK(narrow.ends_with("no room for n3: --nodes chooses, --width widens\n"));
  CHECK(has(shown({.heartbeats = true}), "n3  HEARTBEAT from n1\n"));
  CHECK(shown({.kinds = {Kind::fault}}) == "1.005      cut: closed: n1 → n2\n");
  CHECK(has(shown({.columns = true, .width = 47, .style = {false, true}}), "== cut: closed"));
  CHECK(has(shown({.style = {true, false}}), "\033[31mcut: closed: n1 → n2\033[0m\n"));
}

TEST_CASE("text is wrapped at blanks, and within what has none") {
  using Lines = std::vector<std::string>;
  CHECK(tools::wrapped("", 5) == Lines{""});
  CHECK(tools::wrapped("abcde", 5) == Lines{"abcde"});
  CHECK(tools::wrapped("ab cd efg", 5) == Lines{"ab cd", "efg"});
  CHECK(tools::wrapped("φφφφφφφ x", 5) == Lines{"φφφφφ", "φφ x"});
}

TEST_CASE("the command shows all of a trace, or a part, in the width that it has") {
  const tests::Folder folder("logs");
  REQUIRE(folder.call("run " SOURCE_DIR "/scenarios/leader-crash.yaml --trace t") == 0);
  REQUIRE(folder.call("logs t --columns --from 11s --to 13s --width 90") == 0);
  CHECK(widest(folder.read("out")) <= 90);
  CHECK(widest(folder.read("out")) > 80);
  CHECK(has(folder.read("out"), "══ crash of n5 ═") != has(folder.read("out"), "== crash of n5 ="));
  CHECK(has(folder.read("out"), "records of heartbeats not shown: --heartbeats\n"));
  REQUIRE(folder.call("logs t --columns --nodes n2,n4") == 0);
  CHECK(folder.read("out").starts_with("        n2"));
  CHECK(widest(folder.read("out")) <= 80);
  REQUIRE(folder.call("logs t --kinds leader,crash") == 0);
  CHECK(has(folder.read("out"), "n1  follows n5, epoch 1\n"));
  CHECK(has(folder.read("out"), "11.912  n5  crashes\n"));
  CHECK_FALSE(has(folder.read("out"), "ORDER"));
  CHECK(folder.call("logs t | head -1") == 0);
  CHECK(folder.read("err").empty());
}

TEST_CASE("a trace that breaks off is shown as far as it goes; what is wrong is said with its place") {
  const tests::Folder folder("logs_bad");
  folder.write("s.yaml", "version: 1\nname: s\nduration: 3s\nnodes: 3\n");
  REQUIRE(folder.call("run s.yaml --trace t") <= 1);
  const std::string whole = folder.read("t"), header = whole.substr(0, whole.find('\n') + 1);
  folder.write("torn", whole.substr(0, whole.size() - 20));
  CHECK(folder.call("logs torn") == 0);
  CHECK(has(folder.read("out"), "the trace breaks off here\n"));
  folder.write("bad", header + "{\"kind\":\"crash\",\"at\":5}\nno\n");
  CHECK(folder.call("logs bad") == 2);
  CHECK(has(folder.read("err"), "bad:"));
  CHECK(folder.call("logs nosuch") == 2);
  CHECK(folder.call("logs t --kinds roles") == 2);
  CHECK(has(folder.read("err"), "--kinds: no record is a 'roles'; did you mean 'role'?"));
  CHECK(folder.call("logs t --width 10") == 2);
  CHECK(has(folder.read("err"), "--width: '10' is not a whole number from 40 to 1000"));
}
