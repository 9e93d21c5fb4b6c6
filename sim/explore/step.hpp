// Which steps commute.
#pragma once

#include "sim/scenario/step.hpp"

namespace sim {

// Arrivals at two nodes, or timers of theirs that are due at once, commute unless one takes from a link what the other
// puts there. Other timers wait for quiet, which any step may end; and trouble uses up what is left of it.
constexpr bool independent(const Step& a, const Step& b) {
  const bool a_takes = a.kind == Step::Kind::deliver && a.peer == b.node;
  const bool b_takes = b.kind == Step::Kind::deliver && b.peer == a.node;
  return a.node != b.node && !a_takes && !b_takes;
}

}  // namespace sim
