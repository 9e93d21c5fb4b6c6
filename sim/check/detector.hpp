// Measures the failure detectors: the records know who was really dead, and when. What counts is the instant of the
// suspicion:
//   the suspect is crashed or paused             a detection, the first time for each observer and death
//   it lives, and its link to the observer is open   false; taken back while both live on: a flap
//   the link is closed, or the observer is itself stopped, or the suspect has left the group   neither
// So who suspects a paused node is right, for it does nothing, and who does so right after it woke is wrong. A broken
// connection (a crash resets them, a pause does not) is evidence like silence. A node suspected already when it dies,
// rightly or not, is no detection: there is nothing to time.
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
    bool left = false;  // the group, as asked to
    Bits noticed;       // who has suspected it since it stopped
    Bits accusers;      // who suspects it wrongly
  };

  void on_suspect(const core::Record& record);

  const Connectivity* connectivity_;
  std::vector<Peer> peers_;
  std::vector<Duration> delays_;  // from stop to suspicion
  std::uint64_t false_suspicions_ = 0, flaps_ = 0;
};

}  // namespace sim
