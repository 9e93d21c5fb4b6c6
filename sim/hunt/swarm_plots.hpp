// Plots of a drawn scenario: several faults that make sense together, close to one another or to what the group is
// just doing. Faults that strike independently hit such moments once in a hundred thousand runs.
#pragma once

#include "sim/hunt/dice.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// Appends a few plots of a random part of all kinds, those that are due at a time from `begin` on; of these, link
// faults and cuts have ended by `end`. Only some of them need a moving or a durable group, or more than one node, and
// are left out elsewhere. `group` and `membership` of the scenario are complete.
// REQUIRES: begin + 2 s <= end.
void draw_plots(Dice& dice, Scenario& scenario, Duration begin, Duration end);

}  // namespace sim
