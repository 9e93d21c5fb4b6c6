// All lamps of a run. Each is a machine of its own with its own clock: it obeys what its node orders, at once, and
// does the rest by itself, whether or not the node still runs. What it reports is on its way to the node like
// anything else that happens, and may find it stopped.
#pragma once

#include <cstdint>
#include <vector>

#include "core/city/lamp.hpp"
#include "core/trace/record.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/clock.hpp"
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
  struct Machine {
    core::Lamp lamp;
    Clock clock;
    core::Duration ahead;                          // what its clock showed when the run began
    core::Instant alarm = core::Instant::never();  // its only wake-up that counts, in true time
  };

  [[nodiscard]] std::uint32_t place_of(core::LampName lamp) const;
  [[nodiscard]] core::Instant shown(const Machine& machine) const;
  void changed(const Machine& machine);
  void set_alarm(std::uint32_t place);
  void report(const Machine& machine);
  [[nodiscard]] core::Member keeper_of(const Machine& machine) const;

  const Scenario& scenario_;
  Timeline& timeline_;
  core::RecordSink& records_;
  std::vector<Machine> machines_;          // by intersection, then approach
  std::vector<core::LampReport> reports_;  // under way, and free places
  std::vector<std::uint32_t> free_;
};

}  // namespace sim
