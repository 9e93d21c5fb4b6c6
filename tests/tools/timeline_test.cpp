// The picture of a run: who led when, who was down, when nobody led, and what struck the group.
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/records.hpp"
#include "tools/report/strip.hpp"
#include "tools/report/timeline.hpp"
#include "tools/scenario_files.hpp"

namespace {

using core::Kind;
using core::Record;
using core::Role;
using tools::Style;

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr core::Instant kEnd{67 * kSecond};  // a second for each slice where names are short

Record at(Kind kind, core::Member node, std::int64_t s) {
  return tools_test::record(kind, node, s * kSecond);
}

Record role(core::Member node, Role role, std::int64_t s, core::Epoch epoch = 0) {
  Record record = at(Kind::role, node, s);
  record.role = role;
  record.epoch = epoch;
  return record;
}

Record fault(Kind kind, std::uint64_t number, const core::Details& more, std::int64_t s) {
  Record record = at(kind, core::kNobody, s);
  record.number = number;
  record.more = &more;
  return record;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> drawn(const sim::Scenario& scenario, const std::vector<Record>& records,
                               const std::vector<sim::Span>& leaderless = {}, const Style& style = {}) {
  tools::Timeline timeline(scenario);
  for (const Record& record : records) timeline.on(record);
  return lines_of(timeline.draw(kEnd, leaderless, style));
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// Three nodes: n3 leads from 1 s to its crash at 10 s, n2 from 12 s on; n1 is paused from 20 s to 23 s.
std::vector<Record> two_reigns() {
  return {at(Kind::start, 0, 0),       at(Kind::start, 1, 0),        at(Kind::start, 2, 0),
          role(2, Role::electing, 0),  role(2, Role::leader, 1, 1),  at(Kind::crash, 2, 10),
          role(1, Role::claiming, 11), role(1, Role::leader, 12, 2), at(Kind::pause, 0, 20),
          at(Kind::resume, 0, 23),     at(Kind::restart, 2, 30),     role(2, Role::recovering, 30),
          role(2, Role::follower, 33)};
}

}  // namespace

TEST_CASE("each node has a row with what it was in each slice of time") {
  const std::vector<std::string> lines = drawn(tools_test::three_nodes(), two_reigns());
  REQUIRE(lines.size() == 6);
  CHECK(lines[0] == "  n1         " + repeated("·", 20) + "‖‖‖" + repeated("·", 44));
  CHECK(lines[1] == "  n2         " + repeated("·", 11) + "◇2" + repeated("▇", 54));
  CHECK(lines[2] == "  n3         ◇1" + repeated("▇", 8) + "✕" + repeated(" ", 19) + "○○○" + repeated("·", 34));
  CHECK(lines[3] == "             ╵0s       ╵10s      ╵20s      ╵30s      ╵40s      ╵50s      ╵60s");
  CHECK(lines[4] == "             1▇ leads epoch 1   ‖ is paused   ✕ is down   ◇ stands for election");
  CHECK(lines[5] == "             ○ asks what it has forgotten   · follows");
}

TEST_CASE("a paused leader goes on with what it was") {
  const std::vector<std::string> lines =
      drawn(tools_test::three_nodes(),
            {role(0, Role::leader, 0, 7), at(Kind::pause, 0, 5), at(Kind::resume, 0, 8), role(0, Role::follower, 12)});
  CHECK(lines[0] == "  n1         7▇▇▇▇‖‖‖7▇▇▇" + repeated("·", 55));
}

TEST_CASE("what is short is seen all the same") {
  Record brief = role(0, Role::leader, 3, 4), over = role(0, Role::follower, 3);
  over.at.ns += 1;
  const std::vector<std::string> lines = drawn(tools_test::three_nodes(), {at(Kind::start, 0, 0), brief, over});
  CHECK(lines[0] == "  n1         ···▇" + repeated("·", 63));
}

TEST_CASE("spans without a leader and violations are marked") {
  const core::Details fifo{"fifo", "n1 delivers n2:3 twice", {}, {}};
  Record violation = at(Kind::violation, core::kNobody, 40);
  violation.more = &fifo;
  const std::vector<std::string> lines = drawn(tools_test::three_nodes(), {at(Kind::start, 0, 0), violation},
                                               {{{0}, {kSecond}}, {{10 * kSecond}, {12 * kSecond + 1}}});
  CHECK(lines[0] == "  violated   " + repeated(" ", 40) + "✗ fifo");
  CHECK(lines[1] == "  no leader  ▒" + repeated(" ", 9) + "▒▒▒");
}

TEST_CASE("faults are bars with their names, side by side where they overlap") {
  const core::Details cut{"cut", "", {0, 1}, {{0, 1}}}, crash{"crash", "", {2}, {}}, pause{"pause", "", {0}, {}};
  const std::vector<std::string> lines =
      drawn(tools_test::three_nodes(),
            {fault(Kind::fault, 0, cut, 10), fault(Kind::fault, 1, crash, 12), fault(Kind::fault, 2, pause, 40),
             fault(Kind::heal, 0, cut, 37), fault(Kind::heal, 2, pause, 42)});
  CHECK(lines[0] == "  faults               ├─ cut: closed: n1 → n2 ──┤   ├┤ pause n1");
  CHECK(lines[1] == "                         ▼ crash n3");
}

TEST_CASE("a fault that nothing heals lasts to the end, and what finds no room is counted") {
  const core::Details cut{"cut", "", {0}, {{0, 1}}};
  std::vector<Record> records;
  for (std::uint64_t i = 0; i < 6; ++i) records.push_back(fault(Kind::fault, i, cut, 60));
  const std::vector<std::string> lines = drawn(tools_test::three_nodes(), records);
  REQUIRE(lines.size() >= 6);
  CHECK(lines[0] == "  faults     " + repeated(" ", 39) + "cut: closed: n1 → n2 ├──────");
  CHECK(lines[3].ends_with("├──────"));
  CHECK(lines.back().ends_with("2 faults left out"));
}

TEST_CASE("of many nodes those with most to tell are drawn") {
  sim::Scenario scenario = tools_test::three_nodes();
  for (std::uint64_t i = 4; i <= 64; ++i) scenario.group.members.push_back({"n" + std::to_string(i), {0, i}, 0});
  std::vector<Record> records;
  for (core::Member i = 0; i < 64; ++i) records.push_back(at(Kind::start, i, 0));
  for (core::Member i = 40; i < 60; ++i) records.push_back(at(Kind::pause, i, 10));
  records.push_back(role(63, Role::leader, 20, 1));
  const std::vector<std::string> lines = drawn(scenario, records);
  CHECK(lines.front().starts_with("  n41 "));
  CHECK(lines[14].starts_with("  n55 "));
  CHECK(lines[15].starts_with("  n64 "));
  CHECK(lines.back().ends_with("48 nodes left out"));
}

TEST_CASE("in ASCII, and in colour only on demand") {
  for (const std::string& line : drawn(tools_test::three_nodes(), two_reigns(), {{{0}, {kSecond}}}, {false, true}))
    for (const char c : line) CHECK((c & 0x80) == 0);
  const std::vector<std::string> lines = drawn(tools_test::three_nodes(), two_reigns(), {}, {true, false});
  CHECK(lines[2].find("\033[32m1" + repeated("▇", 8) + "\033[0m\033[31m✕\033[0m") != std::string::npos);
}

TEST_CASE("no picture of a shipped run is wider than 80 columns, and a run without time has none") {
  for (const char* name : {"thirty-churn", "clock-drift", "split-brain", "rolling-amnesia"}) {
    const sim::Scenario scenario = tools::load_scenarios({SOURCE_DIR "/scenarios/" + std::string(name) + ".yaml"})[0];
    tools::Timeline timeline(scenario);
    std::vector<core::RecordSink*> sinks{&timeline};
    const sim::Outcome outcome = sim::replay(scenario, 1, sinks);
    CHECK(timeline.draw({}, {}, {}).empty());
    for (const bool ascii : {false, true})
      for (const std::string& line : lines_of(timeline.draw(outcome.end, outcome.judgement.leaderless, {false, ascii})))
        CHECK(tools::columns_of(line) <= 80);
    core::Duration longest;
    for (const sim::Span& span : outcome.judgement.leaderless) longest = std::max(longest, span.to - span.from);
    CHECK(longest == outcome.judgement.longest_leaderless);
    CHECK(longest > core::Duration{});
  }
}
