// Scenarios drawn from a seed: faults of every kind first, then quiet long enough for everything to settle.
#pragma once

#include "sim/scenario/scenario.hpp"

namespace sim {

// Three to seven nodes (rarely fewer), a random network and load, one to seven faults in the first 30 of 60 seconds.
// Everything that the group promises is expected: all invariants, and that every event is decided everywhere.
Scenario random_scenario(std::uint64_t seed);

}  // namespace sim
