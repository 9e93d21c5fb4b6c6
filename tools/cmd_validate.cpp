#include <iostream>

#include "sim/check/names.hpp"
#include "sim/scenario/units.hpp"
#include "tools/commands.hpp"
#include "tools/scenario_files.hpp"

namespace tools {

ExitCode run_command(const ValidateOptions& options) {
  for (const sim::Scenario& scenario : load_scenarios(options.files))
    std::cout << scenario.file << ": fine: " << sim::counted(scenario.group.size(), "node") << ", "
              << sim::show(scenario.duration) << ", " << sim::counted(scenario.faults.size(), "fault") << '\n';
  return ExitCode::held;
}

}  // namespace tools
