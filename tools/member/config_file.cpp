#include "tools/member/config_file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sim/scenario/parts.hpp"
#include "tools/exit_code.hpp"

namespace tools {
namespace {

// A single value as it is written; what it must be is checked where the flag's is.
void get_text(sim::Fields& fields, const char* key, std::string& out, sim::Problems& problems) {
  const sim::yaml::Node* node = fields.find(key);
  if (node == nullptr) return;
  if (!node->scalar()) return problems.add(*node, std::string(key) + ": a single value is wanted");
  out = node->text;
}

// A list, or one value.
void get_texts(sim::Fields& fields, const char* key, std::vector<std::string>& out, sim::Problems& problems) {
  const sim::yaml::Node* node = fields.find(key);
  if (node == nullptr) return;
  if (node->scalar()) out.push_back(node->text);
  for (const sim::yaml::Node& item : node->items) {
    if (!item.scalar() || !node->list()) return problems.add(item, std::string(key) + ": a list of values is wanted");
    out.push_back(item.text);
  }
}

void decode(const sim::yaml::Node& root, MemberTyped& typed, sim::Context& context) {
  sim::Problems& problems = context.problems;
  sim::Fields fields(root, "", problems);
  auto& node = typed.node;
  if (const auto* group = fields.find("group")) sim::decode_group(*group, context);
  if (const auto* timing = fields.find("timing")) sim::decode_timing(*timing, context.scenario.group.timing, context);
  const std::pair<const char*, std::string*> texts[] = {{"host", &node.host},
                                                        {"tcp_port", &node.tcp_port},
                                                        {"udp_port", &node.udp_port},
                                                        {"data", &node.data},
                                                        {"group_name", &node.group},
                                                        {"expect", &node.expect},
                                                        {"places", &node.places},
                                                        {"id", &node.id},
                                                        {"name", &node.name},
                                                        {"rank", &node.rank},
                                                        {"wire", &node.wire},
                                                        {"record", &node.record},
                                                        {"dispatch", &node.dispatch},
                                                        {"give_back", &node.give_back},
                                                        {"registry_port", &node.registry_port},
                                                        {"http", &node.http},
                                                        {"multicast_group", &typed.node_ways.multicast_group},
                                                        {"multicast_port", &typed.node_ways.multicast_port},
                                                        {"beacon_port", &typed.node_ways.beacon_port},
                                                        {"interval", &typed.node_ways.interval}};
  for (const auto& [key, text] : texts) get_text(fields, key, *text, problems);
  if (const auto* lights = fields.find("lights")) sim::decode_lights(*lights, context);
  get_texts(fields, "discovery", typed.node_ways.discovery, problems);
  get_texts(fields, "seeds", typed.node_ways.seeds, problems);
  fields.truth("print", node.print);
  fields.truth("original_lights", node.original_lights);
  fields.finish();
}

std::string text_of(const std::string& file) {
  std::error_code ignored;
  std::ifstream in(file);
  std::ostringstream bytes;
  if (in && !std::filesystem::is_directory(file, ignored))
    bytes << in.rdbuf();
  else
    throw BadInput(file + ": cannot be read; --config wants a YAML file such as tools/node.example.yaml");
  return bytes.str();
}

// Blank lines and comments: everything may be left out.
bool says_nothing(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (const std::size_t first = line.find_first_not_of(" \t\r"); first != std::string::npos && line[first] != '#')
      return false;
  return true;
}

}  // namespace

MemberTyped read_config_file(const std::string& file, core::Config& settings) {
  const std::string text = text_of(file);
  if (says_nothing(text)) return {};
  sim::Problems problems;
  sim::Scenario scenario;  // its group is what is wanted
  sim::Context context{.scenario = scenario, .problems = problems};
  MemberTyped typed;
  const auto parsed = sim::yaml::parse(text);
  if (const auto* refused = std::get_if<sim::yaml::Refusal>(&parsed))
    problems.add(refused->line, refused->column, refused->message);
  else
    decode(std::get<sim::yaml::Node>(parsed), typed, context);
  std::string mistakes;
  for (const sim::Problem& problem : problems.listed(text)) mistakes += sim::describe(problem, file);
  if (!mistakes.empty()) throw BadInput(mistakes.substr(0, mistakes.size() - 1));
  settings = scenario.group;
  return typed;
}

}  // namespace tools
