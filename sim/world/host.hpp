// One member as the simulator keeps it: its process, its disk, and what waits for it while it is stopped.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/node/node.hpp"
#include "sim/world/step.hpp"
#include "sim/world/targets.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

struct Host {
  Standing standing;
  std::uint64_t incarnation = 0;                 // of the latest process; 1 = the first
  std::optional<core::Node> node;                // the process; none while down
  core::Durable durable;                         // the disk: changed by carried out Persists only
  bool left = false;                             // it stops because it has left the group
  core::EventId submitted;                       // of its newest `submit` record
  core::Instant alarm = core::Instant::never();  // the earliest of its wake-ups in the queue

  // What it has to catch up on, in this order, once it runs (again).
  std::unique_ptr<Step> rest;  // of the step in which it was paused
  bool booting = false;        // start() is still to be called
  bool leaving = false;        // so is leave()
  bool asleep = false;         // it was paused: its late timers are still to be fired
  std::vector<Due> inbox;      // arrivals and broken links, oldest first
  std::size_t handled = 0;     // of the inbox
};

}  // namespace sim
