#include "tools/scenario_yaml.hpp"

#include <algorithm>
#include <sstream>
#include <utility>
#include <variant>

#include "core/base/check.hpp"
#include "sim/scenario/decode.hpp"
#include "sim/scenario/units.hpp"
#include "tools/scenario_json.hpp"
#include "tools/scenario_json_parts.hpp"
#include "tools/yaml_text.hpp"

namespace tools {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidth = 120;

// So many nodes, and every default of the format.
Json standard_scenario(std::size_t nodes) {
  const auto decoded = sim::decode("version: 1\nnodes: " + std::to_string(nodes) + "\n", "");
  core::check(std::holds_alternative<sim::Scenario>(decoded), "a scenario has from one node to ten thousand");
  return scenario_json(std::get<sim::Scenario>(decoded));
}

// Drops the keys of the map that have the values of `defaults`.
void leave_out(Json& map, const Json& defaults) {
  for (const auto& [key, value] : defaults.items())
    if (map.contains(key) && map[key] == value) map.erase(key);
}

// A number, if they have the names, ids and ranks that a number gives them.
Json nodes(Json list, const Json& standard, const Json& timing) {
  bool numbered = true;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Json& node = list[i];
    numbered = numbered && node == standard[i];
    leave_out(node, {{"id", standard[i]["id"]}, {"rank", 0}});
    if (!node.contains("timing")) continue;
    leave_out(node["timing"], timing);
    if (node["timing"].empty()) node.erase("timing");
  }
  return numbered ? Json(list.size()) : list;
}

void shorten_load(Json& item, const sim::Scenario& scenario, core::Duration start) {
  const core::Duration stop = std::max(start, scenario.duration - scenario.expect.settle);
  leave_out(item, {{"from", "all"}, {"start", "0s"}, {"stop", sim::show(stop)}, {"size", 100}, {"chain", 1}});
}

void shorten_lights(Json& lights, const core::LightsPlan& plan) {
  core::LightsPlan one_crossing;
  one_crossing.intersections = 1;
  leave_out(lights, lights_json({.lamp_drift_ppm = 0, .cars_every = core::Duration::s(1)}, one_crossing));
  if (plan.min_green == std::min(core::LightsPlan{}.min_green, plan.green)) lights.erase("min_green");
}

// Emergency dispatch as any scenario has it that says no more than that.
Json standard_dispatch(const sim::Scenario& scenario) {
  sim::DispatchLoad load;
  load.stop = std::max(scenario.dispatch->start, scenario.duration - scenario.expect.settle);
  return dispatch_json(load, core::Config{});
}

// The loads come first in the resolved scenario, in their order.
Json workload(Json list, const sim::Scenario& scenario) {
  for (std::size_t i = 0; i < scenario.workload.size(); ++i)
    shorten_load(list[i], scenario, scenario.workload[i].start);
  for (Json& item : list)
    if (item.contains("dispatch")) leave_out(item["dispatch"], standard_dispatch(scenario));
  for (Json& item : list)
    if (item.contains("event")) leave_out(item, {{"after", Json::array()}, {"size", 100}});
  for (Json& item : list)
    if (item.contains("lights")) shorten_lights(item["lights"], scenario.group.city.lights);
  return list;
}

Json faults(Json list, const std::string& duration) {
  for (Json& fault : list) {
    if (fault.contains("every")) leave_out(fault, {{"from", fault["every"]}, {"until", duration}});
    if (fault.contains("when")) leave_out(fault["when"], {{"nth", 1}});
    leave_out(fault, {{"plus", "0s"}});
    for (const char* key : {"cut", "link"})
      if (fault.contains(key)) leave_out(fault[key], {{"both", false}});
    if (fault.contains("disk")) leave_out(fault["disk"], {{"latency", "50ms"}});
  }
  return list;
}

Json without(Json map, const Json& defaults) {
  leave_out(map, defaults);
  return map;
}

// The text, part by part; a part that is empty is not there.
class Text {
 public:
  void line(const std::string& text) { (gap_ ? out_ << "\n" : out_) << text << "\n", gap_ = false; }
  void gap() { gap_ = true; }  // before the next line

  void key(const std::string& name, const Json& value) {
    if (!value.empty()) line(name + ": " + flow_yaml(value));
  }
  // On one line, if it fits, else one line for each key.
  void map(const std::string& name, const Json& map) {
    const std::string whole = name + ": " + flow_yaml(map);
    if (whole.size() <= kWidth) return key(name, map);
    line(name + ":");
    for (const auto& [inner, value] : map.items()) line("  " + inner + ": " + flow_yaml(value));
  }
  // One line for each item.
  void list(const std::string& name, const Json& items, const std::string& indent = "") {
    if (items.empty()) return;
    line(indent + name + ":");
    for (const Json& item : items) line(indent + "  - " + flow_yaml(item));
  }
  [[nodiscard]] std::string text() const { return out_.str(); }

 private:
  std::ostringstream out_;
  bool gap_ = false;
};

void write_head(Text& text, const sim::Scenario& scenario, const std::string& comment) {
  std::istringstream lines{comment};
  for (std::string line; std::getline(lines, line);) text.line(line.empty() ? "#" : "# " + line);
  text.line("version: 1");
  if (!scenario.name.empty()) text.line("name: " + sentence_yaml(scenario.name));
  if (!scenario.description.empty()) text.line("description: " + sentence_yaml(scenario.description));
}

void write_nodes(Text& text, const Json& nodes) {
  const bool fits = ("nodes: " + flow_yaml(nodes)).size() <= kWidth;
  fits ? text.key("nodes", nodes) : text.list("nodes", nodes);
}

void write_network(Text& text, const Json& standard_link, Json links) {
  for (Json& link : links) leave_out(link, {{"both", false}});
  if (standard_link.empty() && links.empty()) return;
  text.line("network:");
  text.key("  default", standard_link);
  text.list("links", links, "  ");
}

void write_expect(Text& text, Json expect, core::Duration election_timeout) {
  leave_out(expect,
            {{"violations", Json::array()}, {"tolerated", Json::array()}, {"settle", sim::show(election_timeout * 3)}});
  text.line("expect:");
  for (const auto& [key, value] : expect.items()) text.line("  " + key + ": " + flow_yaml(value));
}

void write_what_happens(Text& text, const sim::Scenario& scenario, const Json& json, const Json& standard) {
  write_network(text, without(json["network"]["default"], standard["network"]["default"]), json["network"]["links"]);
  if (scenario.disk_latency) text.key("disk", json["disk"]);
  text.gap();
  text.list("workload", workload(json["workload"], scenario));
  text.gap();
  text.list("messages", json["messages"]);
  text.gap();
  text.list("faults", faults(json["faults"], json["duration"]));
}

}  // namespace

std::string scenario_yaml(const sim::Scenario& scenario, const std::string& comment) {
  const Json json = scenario_json(scenario), standard = standard_scenario(scenario.group.size());
  Text text;
  write_head(text, scenario, comment);
  if (json["seed"] != standard["seed"]) text.key("seed", json["seed"]);
  if (scenario.steps.empty() && json["duration"] != standard["duration"]) text.key("duration", json["duration"]);
  text.gap();
  write_nodes(text, nodes(json["nodes"], standard["nodes"], json["timing"]));
  text.map("group", without(json["group"], standard["group"]));
  text.map("timing", without(json["timing"], standard["timing"]));
  text.gap();
  if (scenario.steps.empty())
    write_what_happens(text, scenario, json, standard);
  else
    text.list("steps", json["steps"]);
  text.gap();
  write_expect(text, json["expect"], scenario.group.timing.election_timeout);
  return text.text();
}

}  // namespace tools
