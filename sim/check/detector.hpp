// Measures the failure detectors: the records know who was really dead, and when.
#pragma once

#include <vector>

#include "sim/check/bits.hpp"
#include "sim/check/connectivity.hpp"
#include "sim/check/verdict.hpp"

namespace sim {

// REQUIRES: the connectivity outlives it, and has entered every record before the one at hand.
class DetectorMeter {
 public:
  DetectorMeter(std::size_t members, const Connectivity& connectivity)
      : connectivity_{&connectivity}, peers_(members) {}

  // Takes suspect, trust, start, restart, resume, crash and pause records of the group's nodes.
  void on(const core::Record& record);

  [[nodiscard]] DetectorReport report() const;

 private:
  struct Peer {
    Bits noticed;   // who has suspected it since it stopped
    Bits accusers;  // who suspects it wrongly
  };

  void on_suspect(const core::Record& record);

  const Connectivity* connectivity_;
  std::vector<Peer> peers_;
  std::vector<Duration> delays_;  // from stop to suspicion
  std::uint64_t false_suspicions_ = 0, flaps_ = 0;
};

}  // namespace sim
