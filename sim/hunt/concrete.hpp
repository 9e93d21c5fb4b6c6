// A run without chance: what the dice decided becomes part of the scenario.
#pragma once

#include "sim/scenario/scenario.hpp"

namespace sim {

// How much of the run is written down.
enum class Concrete : std::uint8_t {
  faults,    // every strike a fault of its own, its targets named; every submission an event of its own
  messages,  // that, and the fate of every message; the network itself loses nothing and always takes as long
};

// The same run as a scenario that leaves as little as possible to its seed (which stays: nodes draw from it how long
// they wait before an election). REQUIRES: the replay of `scenario` with `seed` does not fail a check.
Scenario concrete(const Scenario& scenario, std::uint64_t seed, Concrete how);

}  // namespace sim
