// A scenario as JSON with every default filled in: the keys and units of the file, so that it is a scenario again.
#pragma once

#include <nlohmann/json.hpp>

#include "sim/scenario/scenario.hpp"

namespace tools {

nlohmann::ordered_json scenario_json(const sim::Scenario& scenario);

}  // namespace tools
