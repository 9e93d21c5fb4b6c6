#include "tools/regress_file.hpp"

#include <filesystem>
#include <variant>

#include "sim/scenario/decode.hpp"
#include "tools/exit_code.hpp"
#include "tools/explain/explain.hpp"
#include "tools/report/style.hpp"
#include "tools/scenario_yaml.hpp"
#include "tools/trace/output_file.hpp"

namespace tools {
namespace {

constexpr std::size_t kCommentWidth = 116;

// The result under the name of its file.
sim::Scenario named(const ShrinkResult& result, const std::string& path) {
  sim::Scenario scenario = result.shrunk.scenario;
  scenario.file = path;
  scenario.name = std::filesystem::path(path).stem().string();
  return scenario;
}

// What led to it.
std::string story(const sim::Scenario& scenario, const sim::Failure& failure) {
  std::string text;
  for (const Explanation& explanation : explain(scenario, scenario.seed))
    if (explanation.invariant == failure.signature)
      for (const std::string& line : lines_of(explanation, kCommentWidth)) text += line + "\n";
  return text;
}

void check_fails_again(const std::string& text, const std::string& path, const sim::Failure& failure) {
  const auto decoded = sim::decode(text, path);
  const auto* scenario = std::get_if<sim::Scenario>(&decoded);
  const auto again = scenario != nullptr ? sim::try_out(*scenario, scenario->seed) : std::nullopt;
  if (again && again->signature == failure.signature) return;
  const std::string what = scenario == nullptr ? describe(std::get<1>(decoded).front(), path)
                           : again             ? "it fails by " + again->signature
                                               : "it passes";
  throw BadInput("bellwether: the shrunk scenario is not the same when it is read again: " + what +
                 "; this is a bug of bellwether, please report it with the file that you shrink; nothing is written");
}

}  // namespace

std::string in_words(const sim::Size& size) {
  const auto counted = [](std::size_t count, const std::string& thing) {
    return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
  };
  std::string text = counted(size.nodes, "node");
  if (size.faults > 0) text += ", " + counted(size.faults, "fault");
  if (size.sends > 0) text += ", " + counted(size.sends, "send");
  if (size.fates > 0) text += ", " + counted(size.fates, "message") + " lost or late";
  if (size.steps > 0) text += ", " + counted(size.steps, "step");
  return text;
}

std::string minimality_in_words(const sim::Shrunk& shrunk) {
  return shrunk.one_minimal ? "1-minimal: no single one can be left out"
                            : "not proved minimal: shrinking ended before it was done";
}

std::string regress_file(const ShrinkResult& result, const std::string& program, const std::string& path) {
  const sim::Scenario scenario = named(result, path);
  const std::string told = story(scenario, result.after);
  const std::string comment = "Fails by " + result.after.signature + ": " + result.after.detail + "\n" +
                              in_words(sim::size_of(scenario)) + "; " + minimality_in_words(result.shrunk) + ".\n" +
                              (told.empty() ? "" : "\n" + told) +
                              "\nTo see it again: " + repeat_command(program, {&scenario, scenario.seed});
  return scenario_yaml(scenario, comment);
}

void write_regress_file(const ShrinkResult& result, const std::string& program, const std::string& path) {
  const std::string text = regress_file(result, program, path);
  check_fails_again(text, path, result.after);
  OutputFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace tools
