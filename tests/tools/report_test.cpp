#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/records.hpp"
#include "tools/report/links.hpp"
#include "tools/report/story.hpp"
#include "tools/report/summary.hpp"

namespace {

using core::Kind;
using core::Link;
using tools_test::record;

core::Config group_of(std::uint64_t size) {
  core::Config group;
  for (std::uint64_t i = 1; i <= size; ++i) group.members.push_back({"n" + std::to_string(i), {0, i}, 0});
  return group;
}

tools::Result result_of(const sim::Scenario& scenario, std::uint64_t seed, bool passed,
                        core::Duration leaderless = {}) {
  tools::Result result{{&scenario, seed}, {}, 0.5};
  result.outcome.judgement.passed = passed;
  result.outcome.judgement.longest_leaderless = leaderless;
  if (!passed) result.outcome.judgement.violations.push_back({"fifo", {1'500'000'000}, "n1 delivers n2:3 twice"});
  result.outcome.judgement.violation_count = passed ? 0 : 1;
  return result;
}

core::Record leads(core::Member node, core::Epoch epoch, core::Role role, std::int64_t at_ms) {
  core::Record one = record(Kind::role, node, at_ms * 1'000'000);
  one.role = role;
  one.epoch = epoch;
  return one;
}

std::string told(const std::vector<core::Record>& records) {
  const sim::Scenario scenario = tools_test::three_nodes();
  tools::Story story(scenario);
  for (const core::Record& one : records) story.on(one);
  return story.tell(result_of(scenario, 4, true), {}, "bellwether");
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("closed links in words") {
  const core::Config group = group_of(4);
  CHECK(tools::links_in_words({}, group) == "all links are open");
  const std::vector<Link> halves{{0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 0}, {2, 1}, {3, 0}, {3, 1}};
  CHECK(tools::links_in_words(halves, group) == "n1 n2 | n3 n4");
  CHECK(tools::links_in_words({{0, 2}}, group) == "closed: n1 → n3");
  CHECK(tools::links_in_words({{0, 2}, {1, 3}, {2, 0}}, group) == "closed: n1 ↔ n3, n2 → n4");
  CHECK(tools::links_in_words({{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}}, group) ==
        "closed: n1 → n2, n1 → n3, n1 → n4, n2 → n3 … 2 more");
}

TEST_CASE("members in words") {
  const core::Config group = group_of(9);
  CHECK(tools::members_in_words({0}, group) == "n1");
  CHECK(tools::members_in_words({0, 1}, group) == "n1 and n2");
  CHECK(tools::members_in_words({0, 1, 2}, group) == "n1, n2 and n3");
  CHECK(tools::members_in_words({0, 1, 2, 3, 4, 5, 6, 7}, group) == "n1, n2, n3, n4 and 4 more");
}

TEST_CASE("a story tells who led, how the leader was lost and how long it took") {
  using core::Role;
  const std::string text = told({record(Kind::start, 0, 0), record(Kind::start, 1, 0), leads(2, 1, Role::leader, 1'000),
                                 record(Kind::crash, 2, 10'000'000'000), leads(1, 2, Role::leader, 12'500),
                                 leads(1, 2, Role::follower, 20'000), leads(2, 3, Role::leader, 20'250)});
  CHECK(has(text, "  0.000 s  n1 and n2 start\n"));
  CHECK(has(text, "  1.000 s  n3 leads epoch 1\n"));
  CHECK(has(text, " 10.000 s  n3 crashes\n"));
  CHECK(has(text, " 12.500 s  n2 leads epoch 2, 2.500 s after n3 crashed\n"));
  CHECK(has(text, " 20.000 s  n2 leads epoch 2 no more\n"));
  CHECK(has(text, " 20.250 s  n3 leads epoch 3, 0.250 s after n2 stepped down\n"));
  CHECK(has(text, "repeat: bellwether run three.yaml --seed 4\n"));
}

TEST_CASE("a story tells who joins, leaves, forgets and is refused") {
  core::Record leaves = record(Kind::leave, 1, 1'000'000'000), left = record(Kind::crash, 1, 2'000'000'000);
  left.left = true;
  core::Record forgets = record(Kind::restart, 0, 3'000'000'000), snapshot = record(Kind::snapshot, 0, 4'000'000'000);
  forgets.forgot = true;
  snapshot.seq = 120;
  const core::Details drift{"timing.heartbeat_interval is 500ms here and 2s there", "", {}, {}};
  core::Record refused = record(Kind::refused, 0, 5'000'000'000);
  refused.peer = 2;
  refused.more = &drift;
  const std::string text = told({leaves, left, forgets, leads(0, 0, core::Role::recovering, 3'000),
                                 leads(0, 2, core::Role::recovering, 3'500), snapshot, refused});
  CHECK_FALSE(has(text, "3.500 s"));
  CHECK(has(text, "1.000 s  n2 asks to leave the group\n"));
  CHECK(has(text, "2.000 s  n2 has left the group\n"));
  CHECK(has(text, "3.000 s  n1 restarts without its memory\n"));
  CHECK(has(text, "3.000 s  n1 asks the others what it has forgotten\n"));
  CHECK(has(text, "4.000 s  n1 receives the state up to number 120\n"));
  CHECK(has(text, "5.000 s  n1 refuses n3: timing.heartbeat_interval is 500ms here and 2s there\n"));
}

TEST_CASE("a story tells what clocks and disks suffer") {
  using What = sim::DiskFault::What;
  const sim::Target second{{.who = sim::Atom::Who::member, .member = 1}};
  sim::Scenario scenario = tools_test::three_nodes();
  for (const sim::Action& action : {sim::Action{sim::ClockFault{second, -200, core::Duration::ms(50)}},
                                    sim::Action{sim::ClockFault{second, {}, core::Duration::s(-1)}},
                                    sim::Action{sim::DiskFault{.what = What::full, .who = second}},
                                    sim::Action{sim::DiskFault{.what = What::corrupt, .who = second}}})
    scenario.faults.push_back({.trigger = sim::At{}, .action = action, .lasts = {}, .line = 0});
  tools::Story story(scenario);
  for (std::uint64_t number = 0; number < 6; ++number) {
    const core::Details more{number < 2 || number == 4 ? "clock" : "disk", "", {1}, {}};
    core::Record struck = record(number < 4 ? Kind::fault : Kind::heal, core::kNobody, 1'000'000'000);
    struck.number = number % 4;
    struck.more = &more;
    story.on(struck);
  }
  const std::string text = story.tell(result_of(scenario, 4, true), {}, "bellwether");
  CHECK(has(text, "clock of n2 drifts by -200ppm, is set by 50ms\n"));
  CHECK(has(text, "clock of n2 is set by -1s\n"));
  CHECK(has(text, "disk of n2 is full; the next write stops the node\n"));
  CHECK(has(text, "disk of n2 is damaged; the next start will find nothing of use\n"));
  CHECK(has(text, "clock of n2 works as before\n"));
}

TEST_CASE("a story tells each change of the voters once") {
  core::Event without{core::EventId::made_in(1, 2), {}, "voters_changed", "0 1", {}};
  core::Event with{core::EventId::made_in(1, 3), {}, "voters_changed", "0 1 2", {}};
  std::vector<core::Record> records;
  for (const core::Event* event : {&without, &without, &with}) {
    records.push_back(record(Kind::deliver, 0, static_cast<std::int64_t>(records.size() + 1) * 1'000'000'000));
    records.back().id = event->id;
    records.back().event = event;
  }
  const std::string text = told(records);
  CHECK(has(text, "1.000 s  n3 votes no more: n1 and n2\n"));
  CHECK_FALSE(has(text, "2.000 s"));
  CHECK(has(text, "3.000 s  n3 votes now: n1, n2 and n3\n"));
}

TEST_CASE("a run and a summary tell how the failure detectors did") {
  sim::DetectorReport report;
  CHECK(tools::detector_in_words(report) == "noticed no death; 0 false suspicions, 0 taken back");
  tools::DetectorTable table;
  table.add(report);
  CHECK(table.in_words().empty());
  using core::Duration;
  report = {.detections = 4,
            .p50 = Duration::ms(2061),
            .p99 = Duration::ms(2400),
            .max = Duration::ms(3000),
            .false_suspicions = 1,
            .flaps = 1};
  CHECK(tools::detector_in_words(report) ==
        "noticed 4 deaths after 2.061 s (median), 2.400 s (p99), 3.000 s (longest); 1 false suspicion, 1 taken back");
  table.add(report);
  report.p50 = Duration::ms(1000);
  report.flaps = 0;
  table.add(report);
  report.p50 = Duration::ms(9000);
  table.add(report);
  CHECK(table.in_words() == "deaths noticed after 2.06 s, 2.40 s, 3.00 s, 0.75 false suspicions, 0.25 flaps a run");
  CHECK(table.cells() == "2.06 s | 2.40 s | 3.00 s | 0.75 | 0.25");
}

TEST_CASE("a long story is cut in the middle") {
  std::vector<core::Record> records;
  for (std::int64_t i = 1; i <= 40; ++i)
    records.push_back(record(i % 2 == 0 ? Kind::resume : Kind::pause, 0, i * 1'000'000'000));
  const std::string text = told(records);
  CHECK(has(text, "14.000 s  n1 wakes up"));
  CHECK_FALSE(has(text, "15.000 s"));
  CHECK(has(text, "… 20 more"));
  CHECK(has(text, "35.000 s  n1 stands still"));
  CHECK(has(text, "40.000 s"));
}

TEST_CASE("a story names faults and the links that they close") {
  core::Details cut{"isolate", "", {2}, {{0, 2}, {1, 2}, {2, 0}, {2, 1}}};
  core::Record fault = record(Kind::fault, core::kNobody, 5'000'000'000);
  fault.more = &cut;
  CHECK(has(told({fault}), "5.000 s  n3 isolated: n1 n2 | n3\n"));
  cut.closed.clear();
  fault.kind = Kind::heal;
  CHECK(has(told({fault}), "5.000 s  isolate ends: all links are open\n"));
}

TEST_CASE("a summary has one line for each file and the first failures in full") {
  const std::vector<sim::Scenario> scenarios{tools_test::three_nodes()};
  tools::RunOptions options;
  options.seeds = tools::SeedRange{1, 6};
  const tools::Jobs jobs(scenarios, options);
  std::ostringstream out;
  tools::Summary summary(jobs, out, {}, "my bellwether");
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CHECK(out.str().empty());
    summary.add(result_of(scenarios[0], seed, seed == 1, core::Duration::ms(seed == 3 ? 900 : 100)));
  }
  summary.end(true);
  const std::string once =
      "      ✗ fifo at 1.500 s: n1 delivers n2:3 twice\n      repeat: 'my bellwether' run three.yaml --seed ";
  CHECK(out.str() == "✗ three.yaml  1 passed, 5 failed; at most 0.900 s without a leader (seed 3)\n    seed 2\n" +
                         once + "2\n    seed 3\n" + once + "3\n    seed 4\n" + once +
                         "4\n    … 2 more: seeds 5 6\n6 runs: 1 passed, 5 failed\n");
}

TEST_CASE("a violation that the scenario declares is marked so") {
  sim::Scenario scenario = tools_test::three_nodes();
  scenario.expect.violations = {"fifo"};
  tools::Story story(scenario);
  const std::string text = story.tell(result_of(scenario, 4, false), {}, "bellwether");
  CHECK(has(text, "· fifo at 1.500 s: n1 delivers n2:3 twice (declared by the scenario)\n"));
}

TEST_CASE("colour only on demand") {
  CHECK(tools::Style{false}.mark(true) == "✓");
  CHECK(tools::Style{true}.mark(false) == "\033[31m✗\033[0m");
}
