// One member as the simulator keeps it: its process, its disk, and what waits for it while it is stopped.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/node/node.hpp"
#include "sim/world/message_pool.hpp"
#include "sim/world/targets.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

// The effects of one step of a node, on their way out.
struct Step {
  Member node = core::kNobody;  // whose step; kNobody: no step in hand
  std::uint64_t incarnation = 0;
  core::Effects effects;
  std::size_t next = 0;                  // the first effect not carried out yet
  std::vector<MessagePool::Slot> slots;  // by message: where it is once its first send has moved it out

  // Ready for the next step; the memory stays.
  void clear() {
    node = core::kNobody;
    effects.clear();
    next = 0;
    slots.clear();
  }
};

struct Host {
  Standing standing;
  std::uint64_t incarnation = 0;                 // of the latest process; 1 = the first
  std::optional<core::Node> node;                // the process; none while down
  core::Durable durable;                         // the disk: changed by carried out Persists only
  core::EventId submitted;                       // of its newest `submit` record
  core::Instant alarm = core::Instant::never();  // the earliest of its wake-ups in the queue

  // What it has to catch up on, in this order, once it runs (again).
  std::unique_ptr<Step> rest;  // of the step in which it was paused
  bool booting = false;        // start() is still to be called
  bool asleep = false;         // it was paused: its late timers are still to be fired
  std::vector<Due> inbox;      // arrivals and broken links, oldest first
  std::size_t handled = 0;     // of the inbox
};

}  // namespace sim
