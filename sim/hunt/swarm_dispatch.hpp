// Emergency dispatch in a share of the drawn scenarios.
#pragma once

#include <cstdint>

#include "sim/scenario/scenario.hpp"

namespace sim {

// From numbers of its own, so that the rest of the scenario is as it would be without. `calm`: when trouble ends, with
// a clean connected majority or not; the run becomes long enough for all that was reported until then.
void draw_dispatch(std::uint64_t seed, Scenario& out, Duration calm, bool clean);

}  // namespace sim
