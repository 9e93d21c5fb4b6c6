// Cars that wait at the lights: now and then some approach reports how many, at the node that its lamp hangs at.
#pragma once

#include <cstdint>

#include "sim/world/machines.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

class Traffic {
 public:
  // REQUIRES: all but the seed outlive the traffic.
  Traffic(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, Machines& machines)
      : scenario_{scenario}, seed_{seed}, timeline_{timeline}, machines_{machines} {}

  void schedule();
  void report();  // Due::Kind::traffic; and arranges the next

 private:
  const Scenario& scenario_;
  std::uint64_t seed_;
  Timeline& timeline_;
  Machines& machines_;
  std::uint64_t turn_ = 0;
};

}  // namespace sim
