// What became of each message between recorded lives, as a scenario says it.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "tools/replay/recorded_group.hpp"

namespace tools {

struct Crossings {
  std::vector<sim::MessageFate> fates;  // of every message that was sent, and of the news that a process is gone
  core::Duration usual;                 // how long half of the messages took at most
  std::size_t unexplained = 0;          // connections to living nodes that broke; a scenario cannot say that
};

// What would come later than `end` does not come.
Crossings crossings_of(const RecordedGroup& group, core::Instant end);

}  // namespace tools
