// The lamps in simulated time. They obey what their nodes order, at once, and do the rest by themselves, whether or not
// the node still runs. What a lamp reports is on its way to the node like anything else that happens, and may find it
// stopped.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/world/lamp_machines.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

class Lamps {
 public:
  // REQUIRES: all but the seed outlive the lamps.
  Lamps(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, core::RecordSink& records);

  // Every order is answered with a report. REQUIRES: the order names a lamp of the plan.
  void obey(const core::LampOrder& order);
  // Due::Kind::lamp_wake.
  void wake(const Due& due);
  // What a Due::Kind::lamp_report brings; once for each.
  core::LampReport take_report(const Due& due);

 private:
  void set_alarm(std::uint32_t place, core::Member keeper);
  void report(const core::LampReport& report);

  Timeline& timeline_;
  LampMachines machines_;
  std::vector<core::Instant> alarms_;      // of each, its only wake-up that counts
  std::vector<core::LampReport> reports_;  // under way, and free places
  std::vector<std::uint32_t> free_;
};

}  // namespace sim
