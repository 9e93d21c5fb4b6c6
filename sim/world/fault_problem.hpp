// Says in words why a fault of the file struck nobody, so that its author can mend it.
#pragma once

#include <cstdint>
#include <string>

#include "sim/scenario/scenario.hpp"

namespace sim {

// What is known of a fault that never struck.
struct Unstruck {
  bool fired = false;          // `when`: its record came
  std::uint64_t attempts = 0;  // strikes that found no target
  std::uint64_t records = 0;   // `when`: of the kind that it waits for, in the whole run
};

// One sentence that begins with FILE:LINE where there is a file.
std::string describe(const Scenario& scenario, const Fault& fault, const Unstruck& why);

}  // namespace sim
