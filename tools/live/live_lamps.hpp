// The lamps of a live run. They are part of no node: the run itself plays them, in real time, so they go on whatever
// becomes of the nodes' processes. A lamp that is looked at late does late what was due, but never skips yellow.
#pragma once

#include <vector>

#include "sim/world/lamp_machines.hpp"
#include "tools/live/board.hpp"

namespace tools {

class LiveLamps {
 public:
  // REQUIRES: all but the seed outlive the lamps.
  LiveLamps(const sim::Scenario& scenario, std::uint64_t seed, const Board& board, core::RecordSink& records)
      : board_{board}, machines_{scenario, seed, records}, changes_(machines_.size(), core::Instant::never()) {}

  // Returns what the lamp answers. REQUIRES: the order names a lamp of the plan.
  core::LampReport obey(const core::LampOrder& order);
  // Does what is due, and appends what lamps have to say.
  void look(std::vector<core::LampReport>& said);

  [[nodiscard]] core::Member keeper_of(core::LampName lamp) const { return machines_.keeper_of(lamp); }

 private:
  const Board& board_;
  sim::LampMachines machines_;
  std::vector<core::Instant> changes_;  // of each, when there is something to do
};

}  // namespace tools
