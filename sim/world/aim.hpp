// What a fault means at the moment when it strikes: which members and which links.
#pragma once

#include <vector>

#include "sim/network/geometry.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/targets.hpp"

namespace sim {

// REQUIRES: members ascend.
Target named(const Members& members);

struct Aim {
  Members members;            // ascending; empty = the fault finds no target
  Links links;                // ascending; which it closes or, as a link fault, changes
  std::vector<Action> named;  // which do the same, in order, with everybody named; usually one
};

Aim aim(const Action& action, Targets& targets);

}  // namespace sim
