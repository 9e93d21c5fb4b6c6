// The checkers of what must hold once things have been quiet for a while: `liveness` and `bully`; and the time
// without a leader. A period between two disturbances is settled from `settle` after the first, unless a link fault
// or one-way or non-transitive connectivity is in force. Not judged here: what happens before that, and anything
// after the group has halted by design.
#pragma once

#include <vector>

#include "sim/check/connectivity.hpp"
#include "sim/check/findings.hpp"
#include "sim/check/history.hpp"
#include "sim/check/leadership.hpp"
#include "sim/check/names.hpp"
#include "sim/check/verdict.hpp"

namespace sim {

// REQUIRES: everything given outlives it.
class Periods {
 public:
  struct Sources {
    const Scenario& scenario;
    const Electorate& electorate;
    const Connectivity& connectivity;
    const Leadership& leadership;
    const History& history;
  };
  Periods(const Sources& sources, Findings& findings);

  // A disturbance is about to be entered into the sources: judges the period that it ends.
  void close(core::Instant at);
  // It has been entered.
  void open(core::Instant at);
  // Somebody began or ceased to lead, or sides may have become majorities; nothing else was disturbed.
  void leadership_changed(core::Instant at);
  void end(core::Instant at);

  // The present lies in a settled period, if there is one since settled_from().
  [[nodiscard]] bool settled(core::Instant at) const { return connectivity_->clean() && at > settled_from(); }
  [[nodiscard]] core::Instant settled_from() const { return opened_ + scenario_->expect.settle; }
  [[nodiscard]] bool any_settled() const { return any_settled_; }
  [[nodiscard]] bool ended_settled() const { return ended_settled_; }  // REQUIRES: end() was called
  [[nodiscard]] bool any_majority() const { return any_majority_; }    // a connected one, at any time
  // When a connected majority had no leader. REQUIRES: end() was called.
  [[nodiscard]] const std::vector<Span>& leaderless() const { return spans_; }
  // The longest time of these, and when it began.
  [[nodiscard]] Duration longest_leaderless() const { return longest_; }
  [[nodiscard]] core::Instant longest_from() const { return longest_from_; }

 private:
  struct Tenure {  // who leads a side, and since when in this period
    core::Member leader = core::kNobody;
    core::Instant since;
  };

  void judge_tenure(const Side& side, const Tenure& tenure, core::Instant until);
  void judge_deliveries(const Side& side, core::Instant until);
  void set_leaderless(bool leaderless, core::Instant at);
  [[nodiscard]] std::string quiet_since() const;

  const Scenario* scenario_;
  const Electorate* electorate_;
  const Connectivity* connectivity_;
  const Leadership* leadership_;
  const History* history_;
  Findings* findings_;
  Names names_;

  core::Instant opened_;         // the last disturbance
  std::vector<Tenure> tenures_;  // of connectivity_->sides()
  bool any_settled_ = false, any_majority_ = false, ended_settled_ = false;
  std::vector<Span> spans_;
  bool leaderless_ = false;
  core::Instant leaderless_since_, longest_from_;
  Duration longest_;
};

}  // namespace sim
