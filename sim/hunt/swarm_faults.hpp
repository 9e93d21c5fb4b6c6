// The faults of a drawn scenario.
#pragma once

#include "sim/hunt/dice.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// Appends faults of a random part of all kinds, triggers and targets, due between `from` and `until` if they are due at
// a time. Link faults that are end before `until` as well, since while one is in force nobody asks for liveness.
// `group` and `disk_latency` of the scenario are complete.
void draw_faults(Dice& dice, Scenario& scenario, Duration from, Duration until);

// How messages travel on a bad link, or in a bad network.
Latency draw_latency(Dice& dice, Duration slowest);

}  // namespace sim
