// What people call the approaches of an intersection.
#pragma once

#include <array>
#include <string>

#include "core/city/plan.hpp"

namespace core {

// "north", "east", "south" or "west" where there are four, else its number from 0.
inline std::string name_of_approach(const LightsPlan& plan, std::uint32_t approach) {
  constexpr std::array<const char*, 4> names{"north", "east", "south", "west"};
  return plan.approaches == names.size() && approach < names.size() ? names[approach] : std::to_string(approach);
}

}  // namespace core
