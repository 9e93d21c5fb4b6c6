#include "tools/trace/selection.hpp"

#include "core/group/names.hpp"
#include "sim/scenario/suggest.hpp"
#include "tools/flag_values.hpp"

namespace tools {
namespace {

core::Member member_for(const std::string& name, const sim::Scenario& scenario) {
  if (const auto member = core::member_named(scenario.group, name)) return *member;
  sim::Words known;
  for (const core::MemberInfo& info : scenario.group.members) known.push_back(info.name);
  wrong_usage("--nodes: " + scenario.file + " has no node " + sim::quoted(name) + sim::hint(name, known));
}

}  // namespace

std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words{""};
  for (const char c : list) {
    if (c == ',')
      words.emplace_back();
    else
      words.back() += c;
  }
  return words;
}

Selection::Selection(const Wanted& wanted, const sim::Scenario& scenario) : Selection(scenario) {
  if (!wanted.from.empty()) from_ = core::Instant{} + span_of_time("--from", wanted.from);
  if (!wanted.until.empty()) until_ = core::Instant{} + span_of_time("--until", wanted.until);
  if (from_ >= until_) wrong_usage("--from " + wanted.from + " --until " + wanted.until + ": nothing lies between");
  if (wanted.nodes.empty()) return;
  nodes_.assign(nodes_.size(), false);
  for (const std::string& name : words_of(wanted.nodes)) nodes_[member_for(name, scenario)] = true;
}

std::vector<core::Member> Selection::members() const {
  std::vector<core::Member> out;
  for (core::Member member = 0; member < nodes_.size(); ++member)
    if (nodes_[member]) out.push_back(member);
  return out;
}

}  // namespace tools
