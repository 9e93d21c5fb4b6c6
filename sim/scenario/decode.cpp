#include "sim/scenario/decode.hpp"

#include <algorithm>
#include "core/group/settings.hpp"

#include "sim/scenario/parts.hpp"
#include "sim/scenario/text_check.hpp"

namespace sim {
namespace {

constexpr std::uint64_t kVersion = 1;

// "crash" of "scenarios/crash.yaml".
std::string stem(std::string_view file) {
  const std::size_t slash = file.find_last_of('/');
  if (slash != std::string_view::npos) file.remove_prefix(slash + 1);
  const std::size_t dot = file.find_last_of('.');
  return std::string{dot == std::string_view::npos || dot == 0 ? file : file.substr(0, dot)};
}

void decode_version(Fields& fields, Problems& problems) {
  std::uint64_t version = kVersion;
  fields.need("version");
  fields.count("version", version, 0, UINT64_MAX);
  if (version == kVersion) return;
  problems.add(fields.value("version"), "version: this program reads version 1, not " + std::to_string(version));
}

void decode_scenario(const yaml::Node& root, Context& context) {
  Scenario& scenario = context.scenario;
  Fields fields(root, "", context.problems);
  decode_version(fields, context.problems);
  fields.text("name", scenario.name);
  fields.text("description", scenario.description);
  fields.count("seed", scenario.seed, 0, UINT64_MAX);
  fields.duration("duration", scenario.duration, Duration{1}, Duration::s(360'000'000));
  if (const yaml::Node* nodes = fields.need("nodes")) decode_nodes(*nodes, context);
  if (const yaml::Node* group = fields.find("group")) decode_group(*group, context);
  if (const yaml::Node* timing = fields.find("timing")) decode_timing(*timing, scenario.group.timing, context);
  decode_own_timing(context);
  if (const yaml::Node* network = fields.find("network")) decode_network(*network, context);
  if (const yaml::Node* disk = fields.find("disk")) decode_disk(*disk, context);
  decode_expect(fields.find("expect"), context);
  if (const yaml::Node* workload = fields.list("workload")) decode_workload(*workload, context);
  find_founders(context);
  if (const yaml::Node* messages = fields.list("messages")) decode_messages(*messages, context);
  if (const yaml::Node* faults = fields.list("faults")) decode_faults(*faults, context);
  if (const yaml::Node* steps = fields.list("steps")) decode_steps(*steps, fields, context);
  fields.finish();
}

// At most 100 characters of a line around the column, and where the column is in them (from 0).
struct Window {
  std::string text;
  std::size_t caret = 0;
};

Window window(std::string_view line, int column) {
  constexpr int before = 60, width = 100;
  Window view;
  int at = 1;
  const int first = column > width ? column - before : 1;
  while (!line.empty() && at < first + width) {
    const std::size_t length = yaml::utf8_length(line);
    const bool shown = length > 1 || (length == 1 && line[0] >= ' ' && line[0] <= '~');  // others could harm a terminal
    if (at >= first) view.text += shown ? line.substr(0, length) : line[0] == '\t' ? " " : "?";
    line.remove_prefix(std::max<std::size_t>(1, length));
    ++at;
  }
  view.caret = static_cast<std::size_t>(column - first);
  return view;
}

}  // namespace

std::variant<Scenario, std::vector<Problem>> decode(std::string_view text, const std::string& file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark
  Problems problems;
  const auto parsed = yaml::parse(text);
  if (const auto* refused = std::get_if<yaml::Refusal>(&parsed)) {
    problems.add(refused->line, refused->column, refused->message);
    return problems.listed(text);
  }
  Scenario scenario;
  scenario.file = file;
  scenario.name = stem(file);
  Context context{.scenario = scenario, .problems = problems};
  decode_scenario(std::get<yaml::Node>(parsed), context);
  if (!problems.none()) return problems.listed(text);
  core::seal(scenario.group);
  for (auto& [member, own] : scenario.own_settings) {
    own.members = scenario.group.members;
    own.city = scenario.group.city;
    core::seal(own);
  }
  return scenario;
}

std::string describe(const Problem& problem, const std::string& file) {
  const std::string place = file + ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
  const Window view = window(problem.source, problem.column);
  return place + ": " + problem.message + "\n  " + view.text + "\n  " + std::string(view.caret, ' ') + "^\n";
}

}  // namespace sim
