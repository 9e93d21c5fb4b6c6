// All lamps of a run, each a machine of its own with its own clock. Whoever plays them, the simulator or a live run,
// tells them what time it is, wakes them and carries their words to their nodes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/city/lamp.hpp"
#include "core/trace/record.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/clock.hpp"

namespace sim {

// Times are true ones, of the run.
class LampMachines {
 public:
  // `light` records go to `records`, with the time. REQUIRES: all but the seed outlive the machines.
  LampMachines(const Scenario& scenario, std::uint64_t seed, core::RecordSink& records);

  // Returns the answer. REQUIRES: the order names a lamp of the plan.
  core::LampReport obey(core::Instant now, const core::LampOrder& order);
  // Does what is due; what a lamp has to say that is red then.
  std::optional<core::LampReport> wake(core::Instant now, std::uint32_t place);
  // When there is something to do, as things stand; may be past.
  [[nodiscard]] core::Instant next_change(std::uint32_t place) const;

  // By intersection, then approach.
  [[nodiscard]] std::uint32_t place_of(core::LampName lamp) const;
  [[nodiscard]] core::Member keeper_of(core::LampName lamp) const;
  [[nodiscard]] std::size_t size() const { return machines_.size(); }

 private:
  struct Machine {
    core::Lamp lamp;
    Clock clock;
    core::Duration ahead;  // what its clock showed when the run began
    [[nodiscard]] core::Instant shown(core::Instant now) const { return clock.at(now) + ahead; }
  };
  void changed(core::Instant now, std::uint32_t place);

  const Scenario& scenario_;
  core::RecordSink& records_;
  std::vector<Machine> machines_;
};

}  // namespace sim
