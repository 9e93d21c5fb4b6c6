#include "tools/replay/replay_report.hpp"

#include <array>
#include <cstdio>

#include "core/group/names.hpp"
#include "net/record/words.hpp"
#include "tools/report/findings.hpp"
#include "tools/report/verdict_json.hpp"

namespace tools {
namespace {

using Json = nlohmann::ordered_json;

std::string counted(std::size_t count, const std::string& thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

// "4.731 s"
std::string seconds(core::Duration span) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g s", static_cast<double>(span.ns) / 1e9);
  return text.data();
}

std::string place_of(const Past& past, const net::Difference& difference) {
  return "input " + std::to_string(difference.input) + " (" + difference.given + ", " +
         seconds(difference.at - past.rerun.begun) + " after the first)";
}

std::string tell_difference(const Past& past, const net::Difference& difference) {
  const std::string now = difference.now.empty() ? "nothing" : difference.now;
  const std::string then = difference.then.empty() ? "nothing more" : difference.then;
  const bool both = !difference.now.empty() && !difference.then.empty();
  return "    at " + place_of(past, difference) + ", output " + std::to_string(difference.output) + ":\n" +
         "    the node makes " + now + "; recorded is " + then + (both ? ", and not the same" : "") + "\n";
}

std::string likeness(const GroupReplay& group) {
  const std::size_t live = deliveries(group.live), same = same_deliveries(group.live, group.again);
  return std::to_string(same) + " of " + std::to_string(live) + " live deliveries in the same order" +
         (group.live.leaders == group.again.leaders ? ", and the same leaders" : ", but other leaders") + "; " +
         std::to_string(group.again.received) + " messages received, live " + std::to_string(group.live.received);
}

}  // namespace

std::string tell_life(const Past& past, const Style& style) {
  const net::Rerun& rerun = past.rerun;
  std::string text = style.mark(!rerun.difference) + " " + style.bold(past.file) + ": " +
                     core::name_of(past.birth.config, past.birth.self) + ", " + seconds(rerun.ended - rerun.begun) +
                     ", " + counted(rerun.inputs, "input") + ", " + counted(rerun.outputs, "output") +
                     (rerun.difference ? " equal, then one is not" : ", all equal");
  if (rerun.ending != net::Ending::whole) text += "; " + net::in_words(rerun.ending);
  text += "\n";
  return rerun.difference ? text + tell_difference(past, *rerun.difference) : text;
}

std::string tell_group(const GroupReplay& group, const Style& style, const std::string& program) {
  if (!group.result) return "  The group is not replayed: " + group.rebuilt.impossible + ".\n";
  const sim::Scenario& scenario = group.rebuilt.scenario;
  const bool passed = group.result->outcome.judgement.passed;
  std::string text = style.mark(passed) + " " + style.bold(scenario.name) +
                     " in the simulator: " + (passed ? "passes" : style.red("fails")) + "\n" +
                     findings(*group.result, style, "    ") + "    as live  " + likeness(group) + "\n";
  for (const std::string& note : group.rebuilt.notes) text += "    note     " + note + "\n";
  text += "    again    " + repeat_command(program, {&scenario, scenario.seed}) + "\n";
  if (!passed) text += "    smaller  " + shell_word(program) + " shrink " + shell_word(group.out) + "\n";
  return text;
}

Json life_json(const Past& past) {
  const net::Rerun& rerun = past.rerun;
  Json difference;
  if (rerun.difference)
    difference = {{"input", rerun.difference->input},
                  {"given", rerun.difference->given},
                  {"after_ns", (rerun.difference->at - rerun.begun).ns},
                  {"output", rerun.difference->output},
                  {"now", rerun.difference->now},
                  {"then", rerun.difference->then}};
  return {{"file", past.file},
          {"node", core::name_of(past.birth.config, past.birth.self)},
          {"incarnation", past.birth.incarnation},
          {"inputs", rerun.inputs},
          {"outputs", rerun.outputs},
          {"seconds", static_cast<double>((rerun.ended - rerun.begun).ns) / 1e9},
          {"ending", net::in_words(rerun.ending)},
          {"difference", difference}};
}

Json group_json(const GroupReplay& group) {
  if (!group.result) return {{"impossible", group.rebuilt.impossible}};
  return {{"scenario", group.out},
          {"deliveries", deliveries(group.live)},
          {"same_deliveries", same_deliveries(group.live, group.again)},
          {"same_leaders", group.live.leaders == group.again.leaders},
          {"received", group.again.received},
          {"received_live", group.live.received},
          {"notes", group.rebuilt.notes},
          {"result", verdict_json(*group.result)}};
}

}  // namespace tools
