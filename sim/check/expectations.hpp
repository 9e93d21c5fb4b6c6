// Answers to the `expect` part of a scenario, once the run is over. An expectation about something that never
// happened is not held.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/check/connectivity.hpp"
#include "sim/check/dispatch.hpp"
#include "sim/check/findings.hpp"
#include "sim/check/history.hpp"
#include "sim/check/leadership.hpp"
#include "sim/check/periods.hpp"

namespace sim {

using KindCounts = std::array<std::uint64_t, core::kKinds>;

// All that is known at the end of a run.
struct Evidence {
  const Scenario& scenario;
  const Findings& findings;
  const Electorate& electorate;
  const Connectivity& connectivity;
  const Leadership& leadership;
  const History& history;
  const Periods& periods;
  const DispatchChecker& dispatch;
  const KindCounts& counts;
  core::Instant end;
};

// In this order: named invariants, violations, final_leader, leader_within, delivered, completed, at_least, faults;
// those that the scenario asks for.
std::vector<Expectation> answer(const Evidence& evidence, const std::vector<std::string>& fault_problems);

}  // namespace sim
