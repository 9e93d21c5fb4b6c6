// YAML text -> Scenario. The only place that knows YAML.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

// What is wrong with a file and where; line and column count from 1.
struct Problem {
  int line = 1, column = 1;
  std::string message;  // says what is wrong and, where it can, what to write instead
  std::string source;   // the line of the file, for the caret
};

// Every problem of the file at once, in file order (at most 20), or the scenario. Never throws, never hangs:
// size, depth and aliases are bounded.
std::variant<Scenario, std::vector<Problem>> decode(std::string_view text, const std::string& file);

// "FILE:LINE:COLUMN: message", the source line and a caret below it.
std::string describe(const Problem& problem, const std::string& file);

}  // namespace sim
