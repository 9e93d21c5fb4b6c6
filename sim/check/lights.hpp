// The checkers of traffic lights, by true time and by what the lamps show: `no_conflicting_green`, `yellow_time` and
// `no_starvation`. All lamps are red when the run begins.
#pragma once

#include <vector>

#include "sim/check/connectivity.hpp"
#include "sim/check/findings.hpp"
#include "sim/check/periods.hpp"

namespace sim {

// REQUIRES: everything given outlives it.
class LightsChecker {
 public:
  struct Sources {
    const Scenario& scenario;
    const Electorate& electorate;
    const Connectivity& connectivity;
    const Periods& periods;
  };
  LightsChecker(const Sources& sources, Findings& findings);

  void on(const core::Record& record);  // a `light`
  // A disturbance is about to be entered, or the run ends: who has waited too long by now?
  void close(core::Instant at);
  // Sides may have become majorities, though nothing was disturbed.
  void sides_changed(core::Instant at) { sides_since_ = at; }

 private:
  struct Shown {
    core::Colour colour = core::Colour::red;
    core::Instant since;
    bool ever_green = false;
    core::Instant green_since;  // the last time that it turned green
  };

  [[nodiscard]] Shown* find(core::LampName lamp);
  void on_green(core::LampName lamp, core::Instant at);
  void check_change(core::LampName lamp, const Shown& shown, core::Colour next, core::Instant at);
  void check_conflict(core::LampName lamp, core::LampName other, const Shown& shown, core::Instant at);
  void check_wait(core::LampName lamp, const Shown& shown, core::Instant until);
  [[nodiscard]] bool on_majority_side(core::Member keeper) const;
  // The shortest that a span may be in true time, if a clock that is as fast as clocks may be has timed it.
  [[nodiscard]] Duration shortened(Duration span) const;
  [[nodiscard]] std::string name_of(core::LampName lamp) const;

  const Scenario* scenario_;
  const core::LightsPlan* plan_;
  const Electorate* electorate_;
  const Connectivity* connectivity_;
  const Periods* periods_;
  Findings* findings_;
  std::vector<Shown> shown_;  // by intersection, then approach
  core::Instant sides_since_;
};

}  // namespace sim
