// Which steps commute.
#pragma once

#include "sim/scenario/step.hpp"

namespace sim {

// Only these can commute with others; the rest changes what is left to go wrong, or links.
constexpr bool is_local(const Step& step) {
  return step.cut == 0 && (step.kind == Step::Kind::deliver || step.kind == Step::Kind::fire);
}

// Two local steps commute unless they share a node, or one takes from a link what the other puts there.
constexpr bool independent(const Step& a, const Step& b) {
  if (!is_local(a) || !is_local(b) || a.node == b.node) return false;
  const bool a_takes = a.kind == Step::Kind::deliver && a.peer == b.node;
  const bool b_takes = b.kind == Step::Kind::deliver && b.peer == a.node;
  return !a_takes && !b_takes;
}

}  // namespace sim
