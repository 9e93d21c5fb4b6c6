// What ShiViz's parser asks of a log: the expression of its first line reads it, and the clocks keep the rules.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "tests/tools/exports.hpp"
#include "tools/export/shiviz.hpp"

namespace {

using Clock = std::map<std::string, std::uint64_t>;

struct Event {
  std::string host, kind, msg;
  Clock clock;
};

std::string written(const tests::Played& played, const tools::Selection& selection) {
  std::string text;
  tools::ShivizExport shiviz(played.scenario, [&](std::string_view part) { text += part; });
  played.feed(shiviz, selection);
  return text;
}

// The expression with groups that have numbers in place of names, which this language does not know; the names in
// order.
std::pair<std::regex, std::vector<std::string>> translated(const std::string& expression) {
  static const std::regex named(R"(\(\?<(\w+)>)");
  std::vector<std::string> names;
  for (auto group = std::sregex_iterator(expression.begin(), expression.end(), named); group != std::sregex_iterator();
       ++group)
    names.push_back((*group)[1]);
  return {std::regex(std::regex_replace(expression, named, "(")), names};
}

// As the page reads an uploaded file: the expression, the delimiter, then events, here of two lines.
std::vector<Event> parsed(const std::string& text) {
  std::istringstream in(text);
  std::string expression, delimiter, first, second;
  std::getline(in, expression);
  std::getline(in, delimiter);
  REQUIRE(delimiter.empty());
  const auto [regex, names] = translated(expression);
  std::vector<Event> events;
  bool all = true;
  while (std::getline(in, first) && std::getline(in, second)) {
    std::smatch match;
    const std::string both = first + "\n" + second;
    if (!std::regex_match(both, match, regex)) return all = false, events;
    std::map<std::string, std::string> field;
    for (std::size_t i = 0; i < names.size(); ++i) field[names[i]] = match[i + 1];
    events.push_back({field.at("host"), field.at("kind"), field.at("msg"), nlohmann::json::parse(field.at("clock"))});
    all = all && !field.at("event").empty() && !field.at("time").empty();
  }
  CHECK(all);
  return events;
}

// What ShiViz complains of.
void check_rules(const std::vector<Event>& events) {
  std::map<std::string, std::vector<Clock>> hosts;
  for (const Event& event : events) {
    std::vector<Clock>& past = hosts[event.host];
    past.push_back(event.clock);
    const auto own = event.clock.find(event.host);
    if (own == event.clock.end() || own->second != past.size()) FAIL("the clock of " << event.host << " jumps");
  }
  for (const Event& event : events)
    for (const auto& [host, count] : event.clock) {
      const auto known = hosts.find(host);
      if (count == 0 || known == hosts.end() || count > known->second.size()) FAIL(host << " has no such event");
      for (const auto& [third, reached] : known->second[count - 1])
        if (!event.clock.contains(third) || event.clock.at(third) < reached) FAIL("the order is not transitive");
    }
}

// Clocks made anew from who sent what to whom.
void check_messages(const std::vector<Event>& events) {
  std::map<std::string, Clock> now, sent;
  std::size_t merged = 0;
  for (const Event& event : events) {
    Clock& clock = now[event.host];
    ++clock[event.host];
    if (event.kind == "recv" && sent.contains(event.msg)) {
      for (const auto& [host, count] : sent.at(event.msg)) clock[host] = std::max(clock[host], count);
      ++merged;
    }
    if (event.kind == "send") sent[event.msg] = clock;
    if (clock != event.clock) FAIL("not the clock that messages give " << event.host);
  }
  CHECK(merged > 10);
}

}  // namespace

TEST_CASE("the expression in the first line reads the log, and its clocks keep ShiViz's rules") {
  for (const char* name : tests::kRuns) {
    INFO(name);
    const tests::Played played(name);
    const tools::Selection part({.from = "9s", .until = "14s", .nodes = ""}, played.scenario);
    const std::vector<Event> events = parsed(written(played, part));
    CHECK(events.size() > 500);
    check_rules(events);
    check_messages(events);
  }
}

TEST_CASE("a host that restarts counts on, and one that is not wanted is in no clock") {
  const tests::Played played("storm", 35);
  const tools::Selection part({.from = "19s", .until = "", .nodes = "n1,n4,n5"}, played.scenario);
  const std::vector<Event> events = parsed(written(played, part));
  check_rules(events);
  check_messages(events);
  const auto restart = std::find_if(events.begin(), events.end(), [](const Event& e) { return e.kind == "restart"; });
  REQUIRE(restart != events.end());
  CHECK(restart->clock.at("n5") > 10);
  for (const Event& event : events) CHECK_FALSE(event.clock.contains("n2"));
}
