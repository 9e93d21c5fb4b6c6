// Has nodes join the group and leave it when a scenario says so.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/world/machines.hpp"
#include "sim/world/script.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

class MembershipDriver {
 public:
  // `script`: where to write down who was meant; null: nowhere. REQUIRES: all but the seed outlive the driver.
  MembershipDriver(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, Machines& machines, Script* script)
      : scenario_{scenario}, seed_{seed}, timeline_{timeline}, machines_{machines}, script_{script} {}

  void schedule();
  // Due::Kind::membership. A node that is up has joined already; one that is not cannot leave.
  void change(const Due& due);

 private:
  void write_down(const MembershipChange& item, Members members);

  const Scenario& scenario_;
  std::uint64_t seed_;
  Timeline& timeline_;
  Machines& machines_;
  Script* script_;
};

}  // namespace sim
