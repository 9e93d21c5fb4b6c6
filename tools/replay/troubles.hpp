// The faults of a live run, as its trace has them: with the times when they began and ended in truth. Crashes and
// restarts are not among them, which recordings tell better, nor are faults of links, which the fates of the messages
// contain.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace tools {

struct Troubles {
  std::vector<sim::Fault> faults;               // by their beginnings
  std::map<core::Member, std::size_t> crashes;  // how many of its lives have ended, by being killed or having left
  std::set<core::Member> paused_at_end;
  std::vector<std::pair<core::Instant, std::vector<core::Link>>> closed;  // from then on, all that are closed

  [[nodiscard]] bool open(core::Link link, core::Instant at) const;
};

// `scenario`: the one that was run. Throws BadInput if the file is no trace of it.
Troubles troubles_in(const std::string& trace, const sim::Scenario& scenario);

}  // namespace tools
