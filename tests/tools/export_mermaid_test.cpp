// Sequence diagrams: what each line may be, that no message is missing, and that there are not too many.
#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "tests/tools/exports.hpp"
#include "tests/tools/records.hpp"
#include "tools/exit_code.hpp"
#include "tools/export/mermaid.hpp"

namespace {

using core::Kind;

std::string written(const tests::Played& played, const tools::Selection& selection, std::size_t most = 1'000) {
  std::string text;
  tools::MermaidExport mermaid(played.scenario, selection, most, [&](std::string_view part) { text += part; });
  played.feed(mermaid, selection);
  return text;
}

struct Diagram {
  std::size_t arrows = 0, lost = 0, hidden = 0;
  std::vector<std::string> notes;
};

// The part of the language that is used: participants first, then arrows and notes of these, each a line.
Diagram parsed(const std::string& text) {
  static const std::regex participant(R"(  participant (\w+)( as \S+)?)"), arrow(R"(  (\w+)(->>|-x)(\w+): [^;#]+)"),
      note(R"(  Note over (\w+)(,(\w+))?: ([^;#]+))"), hidden(R"(… (\d+) heartbeats? hidden)");
  std::istringstream in(text);
  std::string line;
  std::getline(in, line);
  CHECK(line == "sequenceDiagram");
  std::set<std::string> known;
  Diagram out;
  for (std::smatch match, count; std::getline(in, line);) {
    CAPTURE(line);
    if (std::regex_match(line, match, participant)) {
      known.insert(match[1]);
      continue;
    }
    if (std::regex_match(line, match, arrow)) {
      ++(match[2] == "-x" ? out.lost : out.arrows);
    } else {
      REQUIRE(std::regex_match(line, match, note));
      out.notes.push_back(match[4]);
      if (std::regex_match(out.notes.back(), count, hidden)) out.hidden += std::stoul(count[1]);
    }
    CHECK(known.contains(match[1]));
    if (match[3].matched) CHECK(known.contains(match[3]));
  }
  return out;
}

bool has(const Diagram& diagram, const std::string& text) {
  return std::any_of(diagram.notes.begin(), diagram.notes.end(),
                     [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("each message that arrived or was lost is an arrow, heartbeats are counted") {
  for (const char* name : tests::kRuns) {
    INFO(name);
    const tests::Played played(name, 15);
    const tools::Selection part({.from = "9s", .until = "14s", .nodes = ""}, played.scenario);
    std::size_t arrived = 0, lost = 0, heartbeats = 0;
    for (tools::Place place = 0; place < played.records.size(); ++place) {
      const core::Record& record = played.records.at(place);
      if (!part.has(record) || (record.kind != Kind::recv && record.kind != Kind::drop)) continue;
      ++(record.type == core::MessageType::heartbeat ? heartbeats : record.kind == Kind::recv ? arrived : lost);
    }
    const Diagram diagram = parsed(written(played, part, 100'000));
    CHECK(diagram.arrows == arrived);
    CHECK(diagram.lost == lost);
    CHECK(diagram.hidden == heartbeats);
    CHECK(arrived > 50);
    CHECK(heartbeats > 10);
  }
}

TEST_CASE("notes tell roles, events, faults and violations") {
  const tests::Played split("split-brain", 20), crash("leader-crash", 13);
  const Diagram one = parsed(written(split, tools::Selection(split.scenario), 100'000));
  CHECK(has(one, "is leader, epoch 1"));
  CHECK(has(one, "submits n1:1"));
  CHECK(has(one, "delivers no. 2 "));
  CHECK(has(one, "partition: n1 n2 | n3 n4 n5"));
  CHECK(has(one, "violation of "));
  CHECK(has(parsed(written(crash, tools::Selection(crash.scenario), 100'000)), "11.912 s crashes"));
}

TEST_CASE("only arrows between wanted nodes, and no more than may be") {
  const tests::Played played("leader-crash", 13);
  const tools::Selection part({.from = "11s", .until = "12s", .nodes = "n4,n5"}, played.scenario);
  const std::string text = written(played, part);
  CHECK(text.starts_with("sequenceDiagram\n  participant n4\n  participant n5\n"));
  for (const char* other : {"n3->>", ">n3:", "over n3"}) CHECK(text.find(other) == std::string::npos);
  const Diagram diagram = parsed(text);
  const std::size_t messages = diagram.arrows + diagram.lost;
  REQUIRE(messages > 10);
  CHECK(written(played, part, messages) == text);
  CHECK_THROWS_WITH(written(played, part, messages - 1),
                    Catch::Contains("leader-crash.yaml: has more than ") && Catch::Contains("--around EVENT"));
}

TEST_CASE("names that mean something in the language are replaced") {
  sim::Scenario scenario = tools_test::three_nodes();
  scenario.group.members[1].name = "End";
  scenario.group.members[2].name = "a-b";
  const tools::Selection all(scenario);
  std::string text;
  tools::MermaidExport mermaid(scenario, all, 10, [&](std::string_view part) { text += part; });
  core::Record recv = tools_test::record(Kind::recv, 1);
  recv.peer = 2;
  recv.type = core::MessageType::order;
  mermaid.on(recv);
  mermaid.end({});
  CHECK(text ==
        "sequenceDiagram\n  participant p1 as n1\n  participant p2 as End\n  participant p3 as a-b\n"
        "  p3->>p2: ORDER\n");
}
