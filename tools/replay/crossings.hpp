// What became of each message between recorded lives, and how a scenario says it.
#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "sim/world/script.hpp"
#include "tools/replay/recorded_group.hpp"

namespace tools {

// One message, or the news that the sender's process is gone.
struct Crossing {
  core::Instant sent;
  core::Instant arrives = core::Instant::never();  // never: it does not
  core::Instant copy = core::Instant::never();     // when it arrives once more
  bool to_dead = false;                            // nobody was there to get it
};

struct Crossings {
  // By link and type, in the order in which they were sent; the type beyond all: that the sender is gone.
  std::map<std::pair<core::Link, std::size_t>, std::vector<Crossing>> lanes;
  core::Duration usual;         // how long half of the messages took at most
  std::size_t unexplained = 0;  // connections to living nodes that broke; a scenario cannot say that
};

// What would come later than `end` does not come.
Crossings crossings_of(const RecordedGroup& group, core::Instant end);

// As if the simulated nodes sent as many messages as the live ones: the nth fares like the nth.
std::vector<sim::MessageFate> fates_in_turn(const Crossings& crossings);
// What was sent in a simulated run fares like what was sent live at about that time. What has no like is as usual.
std::vector<sim::MessageFate> fates_by_time(const Crossings& crossings, const sim::Script& run);

}  // namespace tools
