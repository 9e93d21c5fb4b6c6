// One member as the simulator keeps it: its process, its clock and disk, and what waits while it takes no input.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "core/node/node.hpp"
#include "sim/world/clock.hpp"
#include "sim/world/disk.hpp"
#include "sim/world/open_step.hpp"
#include "sim/world/targets.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

// An event that is to be submitted.
struct Submission {
  std::uint32_t load = 0;  // of the workload
  std::uint64_t turn = 0;  // of that load
  core::Submission event;
};

struct Host {
  Standing standing;
  std::uint64_t incarnation = 0;   // of the latest process; 1 = the first
  std::optional<core::Node> node;  // the process; none while down
  Clock clock;
  Disk disk;                                     // written to by carried out Persists only
  bool left = false;                             // it stops because it has left the group
  core::EventId submitted;                       // of its newest `submit` record
  core::Instant alarm = core::Instant::never();  // the earliest of its wake-ups in the queue, in true time
  std::uint64_t sync = 0;                        // the insertion number of the sync that it waits for; 0 = none

  // What it has to catch up on, in this order, once it runs (again) and waits for no sync.
  std::unique_ptr<OpenStep> rest;  // of the step in which it was paused or began to wait
  bool booting = false;            // start() is still to be called
  bool asleep = false;             // it took no input: its late timers are still to be fired
  bool leaving = false;            // leave() is still to be called
  std::vector<Due> inbox;          // arrivals, broken links and lamps' words, oldest first
  std::size_t handled = 0;         // of the inbox
  std::deque<Submission> submissions;

  // It takes an input now, rather than later.
  [[nodiscard]] bool listens() const { return standing.life == Life::up && sync == 0; }
  [[nodiscard]] bool behind() const {
    return booting || asleep || leaving || handled < inbox.size() || !submissions.empty();
  }
};

}  // namespace sim
