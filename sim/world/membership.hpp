// Has nodes join the group and leave it when a scenario says so.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/world/hosts.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

class MembershipDriver {
 public:
  // REQUIRES: all but the seed outlive the driver.
  MembershipDriver(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, Hosts& hosts)
      : scenario_{scenario}, seed_{seed}, timeline_{timeline}, hosts_{hosts} {}

  void schedule();
  // Due::Kind::membership. A node that is up has joined already; one that is not cannot leave.
  void change(const Due& due);

 private:
  const Scenario& scenario_;
  std::uint64_t seed_;
  Timeline& timeline_;
  Hosts& hosts_;
};

}  // namespace sim
