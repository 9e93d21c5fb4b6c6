// Traffic lights of random scenarios.
#pragma once

#include "sim/scenario/scenario.hpp"

namespace sim {

// Hangs lights at the nodes of one scenario in four, and gives them time for two cycles in peace. Draws from a stream
// of its own: the others are drawn as if there were no lights.
void draw_lights(std::uint64_t seed, Scenario& out);

// Where there are lights, no clock is worse than the group assumes: else leases promise nothing.
void keep_clocks(Scenario& out);

}  // namespace sim
