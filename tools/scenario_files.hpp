// From file names to scenarios.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace tools {

// Reads and decodes all files. Throws BadInput with every problem of every file.
std::vector<sim::Scenario> load_scenarios(const std::vector<std::string>& files);

}  // namespace tools
