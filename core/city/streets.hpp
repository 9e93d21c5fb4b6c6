// The way of an ambulance along straight streets, as the intersections that it crosses.
#pragma once

#include <vector>

#include "core/city/plan.hpp"

namespace core {

// First along the street that runs east and west nearest to `from`, then along the one that runs north and south
// nearest to `to`. Each stop is the approach by which it comes: driving east, one comes from the west. In order.
std::vector<LampName> stops_between(const LightsPlan& plan, Place from, Place to);

}  // namespace core
