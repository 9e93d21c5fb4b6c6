// The lower bound: the least that it takes to play the same thing with plain events in a std::priority_queue.
#pragma once

#include <cstdint>
#include <queue>
#include <vector>

namespace bench {

struct BareEvent {
  std::int64_t at = 0;
  std::uint64_t order = 0;  // breaks ties
  std::uint32_t from = 0, to = 0;
};

struct Later {
  bool operator()(const BareEvent& a, const BareEvent& b) const {
    return a.at != b.at ? a.at > b.at : a.order > b.order;
  }
};

using BareQueue = std::priority_queue<BareEvent, std::vector<BareEvent>, Later>;

// Each node sends to each other once a second, the nodes one after another. A message travels 1 to 10 ms, uniformly,
// or is lost, one in a hundred; a table says who heard from whom last. Returns messages sent + delivered.
std::uint64_t bare_heartbeats(std::uint32_t nodes, std::int64_t seconds);

}  // namespace bench
