// A scenario as the text of a file that a person would have written: only what differs from the defaults, one fault,
// event or link to a line.
#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace tools {

// Decoding it gives the same scenario again, but for the lines that faults stand in. `comment`: lines for its head.
std::string scenario_yaml(const sim::Scenario& scenario, const std::string& comment = {});

}  // namespace tools
