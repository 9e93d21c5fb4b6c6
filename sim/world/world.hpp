// One run: owns everything that happens in it and makes it happen in order. It decides nothing itself.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "sim/network/network.hpp"
#include "sim/world/fault_driver.hpp"
#include "sim/world/fleet.hpp"
#include "sim/world/hosts.hpp"
#include "sim/world/lamps.hpp"
#include "sim/world/membership.hpp"
#include "sim/world/recorder.hpp"
#include "sim/world/replay.hpp"
#include "sim/world/timeline.hpp"
#include "sim/world/traffic.hpp"
#include "sim/world/workload.hpp"

namespace sim {

class World {
 public:
  // REQUIRES: scenario, sinks and script outlive the world.
  World(const Scenario& scenario, std::uint64_t seed, std::span<core::RecordSink* const> sinks, Script* script);
  // Its parts refer to one another.
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // From the start to the scenario's `duration`, that instant included. Once.
  Outcome run();

 private:
  void happen(const Due& due);
  void settle();

  const Scenario& scenario_;
  Timeline timeline_;
  Network network_;
  Recorder recorder_;
  Lamps lamps_;
  Hosts hosts_;
  FaultDriver faults_;
  Workload workload_;
  MembershipDriver membership_;
  Traffic traffic_;
  std::optional<Fleet> fleet_;  // none: the group has no dispatch
};

}  // namespace sim
