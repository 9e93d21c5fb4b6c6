// A run at a glance: who led when, who was down, when a majority had no leader, and what struck the group.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/trace/record.hpp"
#include "sim/check/verdict.hpp"
#include "sim/scenario/scenario.hpp"
#include "tools/report/fault_lanes.hpp"

namespace tools {

// Listens to a run; each node's row is cut into equal slices of time.
class Timeline : public core::RecordSink {
 public:
  // REQUIRES: the scenario outlives it.
  explicit Timeline(const sim::Scenario& scenario);

  void on(const core::Record& record) override;

  // Lines of at most 80 columns. Empty: the run took no time. `leaderless`: spans, ascending.
  [[nodiscard]] std::string draw(core::Instant end, const std::vector<sim::Span>& leaderless, const Style& style) const;

 private:
  // The later one is shown where a slice has several.
  enum class State : std::uint8_t { absent, follower, learner, recovering, electing, down, paused, leader };
  static constexpr std::size_t kStates = 8;
  struct Change {
    core::Instant at;
    State state = State::absent;
    core::Epoch epoch = 0;  // that it leads
  };
  struct Life {
    std::vector<Change> changes;
    Change role;  // that it has, or goes on with when it wakes up
  };
  struct Look;
  using Slices = std::vector<State>;

  static const Look& look(State state);
  static State state_of(core::Role role);

  void change(core::Member node, const Change& change);
  [[nodiscard]] std::vector<core::Member> most_to_tell() const;
  [[nodiscard]] Slices slices_of(const Life& life, const TimeScale& scale) const;
  [[nodiscard]] Strip row(const Life& life, const Slices& slices, const TimeScale& scale, const Style& style) const;
  [[nodiscard]] Strip violations(const TimeScale& scale, const Style& style) const;
  [[nodiscard]] std::vector<std::string> legend(const std::vector<Slices>& shown, const Style& style) const;

  const sim::Scenario& scenario_;
  std::vector<Life> lives_;  // by member
  FaultLanes faults_;
  std::vector<core::Instant> violated_;
  std::string first_violated_;  // the invariant
};

}  // namespace tools
