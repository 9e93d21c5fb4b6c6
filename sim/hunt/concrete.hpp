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
// they wait before an election). All records come out the same and in the same order, but that messages and faults may
// have other numbers. Different are:
//   faults    the records of faults that take several to say (a ring is several cuts, a shaped partition has names)
//   messages  that, and: link faults are gone, so the judge may find periods settled that were not; what would arrive
//             after the end is dropped
// Every submission is an event of its own, also one that was never accepted; those that missed their turn are left out,
// and so are faults that never struck. REQUIRES: the replay of `scenario` with `seed` does not fail a check.
Scenario concrete(const Scenario& scenario, std::uint64_t seed, Concrete how);

}  // namespace sim
