// What is found out about one run by reading its records, and nothing else.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/trace/record.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct Violation {
  std::string invariant;
  core::Instant at;
  std::string detail;
};

// An expectation of the file, or an invariant that was named and must have seen something.
struct Expectation {
  std::string name;
  bool held = false;
  std::string detail;
};

// How often and how fast the failure detectors were right; the records know who was really dead.
struct DetectorReport {
  std::uint64_t detections = 0;
  std::optional<Duration> p50, p99, max;  // from crash or pause to each live node's suspicion
  std::uint64_t false_suspicions = 0;     // of nodes that were live and connected
  std::uint64_t flaps = 0;                // false suspicions taken back
};

struct Span {
  core::Instant from, to;
};

struct Judgement {
  std::vector<Violation> violations;  // first of each kind and place, in order; capped, see `violation_count`
  std::uint64_t violation_count = 0;
  std::vector<Expectation> expectations;
  std::vector<std::string> notes;  // "not exercised: ...", "no settled period"
  Member leader = core::kNobody;   // of the highest epoch, at the end
  core::Epoch epoch = 0;
  std::vector<Span> leaderless;  // in which a connected majority had no leader, ascending
  Duration longest_leaderless;   // the longest of them
  DetectorReport detector;
  bool settled_at_end = false;  // the end lies in a settled period
  bool halted = false;          // by design: fewer than a quorum remember
  bool passed = false;
};

// Judges a run from its records. REQUIRES: the scenario outlives the judge; records come in order.
class Judge {
 public:
  explicit Judge(const Scenario& scenario);
  ~Judge();
  Judge(const Judge&) = delete;
  Judge& operator=(const Judge&) = delete;

  // Violations that the record brings to light are appended to `fresh`, for the trace.
  void on(const core::Record& record, std::vector<Violation>& fresh);
  // The run ends. What can only be said now is appended to `fresh`.
  void end(core::Instant at, std::vector<Violation>& fresh);
  // REQUIRES: end() was called. `fault_problems`: faults that found no target or never fired, in words.
  [[nodiscard]] Judgement judgement(const std::vector<std::string>& fault_problems) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sim
