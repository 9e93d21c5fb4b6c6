// Runs a scenario with steps: a settled group takes one step after another, a millisecond apart.
#pragma once

#include <span>
#include <vector>

#include "sim/explore/state.hpp"
#include "sim/world/replay.hpp"

namespace sim {

// Everything may go wrong at any time, as often as the steps say.
Bounds without_bounds();

// As replay(). Steps that are not possible are skipped; how many is a note of the judgement. The run ends with the
// last step, or with the first that breaks a rule of the Ghost: if the judge knows of no violation then, it is
// recorded as one that the step's node reports. What is on its way at the end is neither received nor dropped.
// REQUIRES: the scenario has steps, and a group that Model can take.
Outcome rehearse(const Scenario& scenario, std::uint64_t seed, std::span<core::RecordSink* const> sinks = {});

}  // namespace sim
