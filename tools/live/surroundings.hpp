// What is around a node of a live run besides its own machine: the scenario's links, and what faults have done to
// them, to its clock and to its disk, by the journal on the board.
#pragma once

#include <chrono>
#include <optional>

#include "net/runtime/clock.hpp"
#include "sim/network/latency_table.hpp"
#include "sim/network/network.hpp"
#include "sim/world/clock.hpp"
#include "tools/live/ailment.hpp"
#include "tools/live/board.hpp"

namespace tools {

class Surroundings final : public net::Clock {
 public:
  // REQUIRES: scenario and board outlive it.
  Surroundings(const sim::Scenario& scenario, std::uint64_t seed, core::Member self, const Board& board);

  // Reads what has come into the journal. To be called before any of the others is asked. True if the clock goes at
  // another rate now.
  bool look();

  [[nodiscard]] core::Instant run_time() const { return board_.now(); }
  [[nodiscard]] std::chrono::steady_clock::time_point machine_time_of(core::Instant run_time) const;
  // The node's own clock.
  [[nodiscard]] core::Instant now() const override;
  [[nodiscard]] core::Instant when(core::Instant shown) const override;

  [[nodiscard]] sim::Network& network() { return network_; }
  [[nodiscard]] bool disk_full() const { return disk_.full; }
  // How long the next sync of the disk takes longer than it does.
  core::Duration draw_disk_latency();

 private:
  void take(const sim::LinkChange& change) { network_.apply(change, scenario_.faults); }
  void take(const ClockBent& bent);
  void take(const DiskSet& set);

  const sim::Scenario& scenario_;
  core::Member self_;
  const Board& board_;
  std::size_t place_ = 0;  // in the journal
  bool alive_ = false;     // the journal of earlier lives is read
  bool bent_ = false;
  sim::Network network_;
  sim::Clock clock_;
  DiskSet disk_;
  core::Rng disk_rng_;
  std::optional<sim::LatencyTable> usual_, slow_;  // of a sync; none: no longer than it takes
};

}  // namespace tools
