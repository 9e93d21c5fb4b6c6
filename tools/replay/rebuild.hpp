// A scenario from the recorded lives of a group: in the simulator, the same nodes are given the same submissions and
// the same messages at the same times, and crash and restart when they did.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "tools/replay/past.hpp"
#include "tools/replay/troubles.hpp"

namespace tools {

struct Rebuilt {
  sim::Scenario scenario;
  std::string impossible;          // why there is none, in words; "" if there is
  std::vector<std::string> notes;  // what could not be taken over
};

// `run`: the scenario that was run, whose name, seed and expectations are kept; `troubles`: of that run.
// REQUIRES: none of the lives differs from its recording, and there is one at least.
Rebuilt rebuild(const std::vector<Past>& lives, const sim::Scenario* run, const Troubles* troubles);

}  // namespace tools
