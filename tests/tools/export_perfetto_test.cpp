// What Perfetto asks of a trace, read back from what is written for it: its importer drops arrows that begin or end in
// no slice, moves slices that overlap elsewhere, and leaves out identifiers that are no numbers, all without a word.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "tests/tools/exports.hpp"
#include "tools/export/perfetto.hpp"

namespace {

using core::Kind;
using Json = nlohmann::json;
using Line = std::pair<std::uint32_t, std::uint32_t>;  // process and thread

std::int64_t ns(const Json& micros) {
  return std::llround(micros.get<double>() * 1000);
}

struct Slice {
  std::int64_t from = 0, to = 0;  // in ns, `to` not included
  std::size_t place = 0;          // in the file
};

struct End {
  Line line;
  std::int64_t at = 0;
  std::size_t place = 0;
  Json event;
};

// The events of an export by what they are.
struct ReadBack {
  std::map<Line, std::vector<Slice>> slices;
  std::map<std::uint64_t, End> starts, finishes;  // of arrows, by identifier
  std::map<std::string, std::size_t> phases;
  std::vector<Json> events;

  explicit ReadBack(const std::string& text) {
    const Json document = Json::parse(text);
    for (const Json& event : document["traceEvents"]) add(event);
    for (auto& [line, all] : slices)
      std::sort(all.begin(), all.end(), [](const Slice& a, const Slice& b) { return a.from < b.from; });
  }

  void add(const Json& event) {
    const std::string phase = event["ph"];
    const Line line{event["pid"], event["tid"]};
    const std::size_t place = events.size();
    ++phases[phase];
    events.push_back(event);
    if (phase == "X") slices[line].push_back({ns(event["ts"]), ns(event["ts"]) + ns(event["dur"]), place});
    if (phase == "s" || phase == "f") {
      auto& ends = phase == "s" ? starts : finishes;
      CHECK(ends.emplace(event["id"].get<std::uint64_t>(), End{line, ns(event["ts"]), place, event}).second);
    }
  }

  [[nodiscard]] std::size_t count(const std::string& phase) const {
    return phases.contains(phase) ? phases.at(phase) : 0;
  }

  // The slice around an end of an arrow stands in the file before it.
  [[nodiscard]] bool inside_slice(const End& end) const {
    const std::vector<Slice>& all = slices.at(end.line);
    auto next =
        std::upper_bound(all.begin(), all.end(), end.at, [](std::int64_t at, const Slice& s) { return at < s.from; });
    if (next == all.begin()) return false;
    --next;
    return next->from <= end.at && end.at < next->to && next->place < end.place;
  }
};

using Arrow = std::tuple<std::string, std::uint32_t, std::int64_t, std::uint32_t, std::int64_t>;

// A copy that arrives, too, is an arrow: type, sender, when, receiver, when.
std::multiset<Arrow> arrows_of(const tools::Chronicle& records) {
  std::multiset<Arrow> out;
  for (tools::Place place = 0; place < records.size(); ++place) {
    const core::Record& record = records.at(place);
    if (record.kind != Kind::recv) continue;
    const core::Record& send = records.at(records.sent(place));
    out.emplace(core::name_of(record.type), send.node + 1U, send.at.ns, record.node + 1U, record.at.ns);
  }
  return out;
}

std::string written(const tests::Played& played, const tools::Selection& selection) {
  std::string text;
  tools::PerfettoExport perfetto(played.scenario, selection, [&](std::string_view part) { text += part; });
  played.feed(perfetto, selection);
  return text;
}

void check_arrows(const ReadBack& read, const std::multiset<Arrow>& expected) {
  REQUIRE(read.starts.size() == read.finishes.size());
  std::multiset<Arrow> found;
  bool inside = true, bound = true;
  for (const auto& [id, start] : read.starts) {
    const End& finish = read.finishes.at(id);
    found.emplace(start.event["name"], start.line.first, start.at, finish.line.first, finish.at);
    inside = inside && read.inside_slice(start) && read.inside_slice(finish);
    bound = bound && finish.event["bp"] == "e" && finish.event["cat"] == start.event["cat"] &&
            finish.event["name"] == start.event["name"];
  }
  CHECK(inside);
  CHECK(bound);
  CHECK((found == expected));
}

void check_slices(const ReadBack& read) {
  for (const auto& [line, all] : read.slices) {
    CAPTURE(line.first, line.second);
    bool apart = true;
    for (std::size_t i = 0; i < all.size(); ++i)
      apart = apart && all[i].to > all[i].from && (i == 0 || (all[i - 1].to <= all[i].from));
    CHECK(apart);
  }
}

}  // namespace

TEST_CASE("every message that arrived is an arrow between slices, and no slices overlap") {
  for (const char* name : tests::kRuns) {
    INFO(name);
    const tests::Played played(name);
    const ReadBack read(written(played, tools::Selection(played.scenario)));
    check_arrows(read, arrows_of(played.records));
    check_slices(read);
    CHECK(read.starts.size() == played.count(Kind::recv));
    CHECK(read.starts.size() > 1'000);
    CHECK(read.count("b") == read.count("e"));
  }
}

TEST_CASE("nodes are sorted processes, and roles, faults, losses, figures and violations are seen") {
  const tests::Played played("split-brain");
  const ReadBack read(written(played, tools::Selection(played.scenario)));
  std::map<std::uint32_t, std::string> names;
  std::set<std::string> roles, spans, everywhere;
  std::size_t lost = 0, delivered = 0;
  for (const Json& event : read.events) {
    const std::string name = event["name"], phase = event["ph"];
    if (name == "process_name") names[event["pid"]] = event["args"]["name"];
    if (name == "process_sort_index") CHECK(event["args"]["sort_index"] == event["pid"]);
    if (phase == "X" && event["tid"] == 2) roles.insert(name);
    if (phase == "b") spans.insert(name);
    if (phase == "i" && event["s"] == "g") everywhere.insert(name);
    lost += phase == "i" && event["pid"] == 0 && event["tid"] == 1 ? 1U : 0U;
    delivered += phase == "C" && name == "delivered" ? 1U : 0U;
  }
  CHECK(names == std::map<std::uint32_t, std::string>{
                     {0, "network & faults"}, {1, "n1"}, {2, "n2"}, {3, "n3"}, {4, "n4"}, {5, "n5"}});
  CHECK(roles.contains("leader, epoch 1"));
  CHECK(roles.contains("leader, epoch 2"));
  CHECK(spans.contains("partition: n1 n2 | n3 n4 n5"));
  CHECK(everywhere.size() == played.count(Kind::violation));
  CHECK(everywhere.size() > 0);
  CHECK(lost == played.count(Kind::drop));
  CHECK(delivered == played.count(Kind::deliver));
}

TEST_CASE("nodes that are down or paused, and lamps, have spans of their own") {
  const tests::Played crash("leader-crash"), city("city/city");
  const std::string one = written(crash, tools::Selection(crash.scenario));
  CHECK(one.find(R"({"ph":"b","pid":5,"tid":0,"name":"down","ts":11912875.533,"cat":"span")") != std::string::npos);
  CHECK(one.find(R"({"ph":"i","pid":0,"tid":0,"name":"crash of n5","ts":11912875.533,"s":"t"})") != std::string::npos);
  const std::string other = written(city, tools::Selection(city.scenario));
  CHECK(other.find(R"("args":{"name":"lamp 1 north"})") != std::string::npos);
  CHECK(other.find(R"("name":"GREEN","ts")") != std::string::npos);
}

TEST_CASE("of a part of a run, only messages that were sent and arrived there are arrows") {
  const tests::Played played("leader-crash");
  const tools::Selection part({.from = "11s", .until = "13s", .nodes = "n3,n4,n5"}, played.scenario);
  std::multiset<Arrow> expected;
  for (const Arrow& arrow : arrows_of(played.records)) {
    const auto& [type, from, sent, to, received] = arrow;
    if (from >= 3 && to >= 3 && sent >= 11'000'000'000 && received < 13'000'000'000) expected.insert(arrow);
  }
  const ReadBack read(written(played, part));
  CHECK(expected.size() > 100);
  check_arrows(read, expected);
  check_slices(read);
}
