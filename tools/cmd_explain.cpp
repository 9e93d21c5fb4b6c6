// `explain`: why a scenario fails, told as a story.
#include <algorithm>
#include <iostream>

#include "tools/commands.hpp"
#include "tools/explain/explain_report.hpp"
#include "tools/report/diff_report.hpp"
#include "tools/scenario_files.hpp"

namespace tools {

ExitCode run_command(const ExplainOptions& options) {
  const std::vector<sim::Scenario> scenarios = load_scenarios({options.file});
  const Job job{&scenarios.front(), options.seed.value_or(scenarios.front().seed)};
  const std::vector<Explanation> explanations = explain(*job.scenario, job.seed);
  if (options.json) {
    const Json json = explanations_json(explanations, job, options.program);
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  } else {
    std::cout << tell_explanations(explanations, job, options.program, Style::of_stdout(), columns_of_stdout());
  }
  const bool held = std::all_of(explanations.begin(), explanations.end(), [](const auto& e) { return e.declared; });
  return held ? ExitCode::held : ExitCode::failed;
}

}  // namespace tools
