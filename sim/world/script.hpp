// What became of a scenario in one run where dice and circumstance had a say: enough to play it again without them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/network/network.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct Script {
  // A fault struck. Each has written a `fault` record, in the same order.
  struct Strike {
    std::uint32_t fault = 0;  // its place in the scenario
    core::Instant at;
    std::vector<Action> named;  // the same with everybody named; several where one does not do
  };
  // A message set out on a link, open or not; no type: the news that the sender's process is gone.
  struct Passage {
    core::Link link;
    std::optional<core::MessageType> type;
    std::size_t bytes = 0;  // on the wire
    core::Instant sent;
    Fate fate;
  };

  std::vector<Strike> strikes;
  std::vector<std::size_t> heals;            // `heal` records: of which strike
  std::vector<PlannedEvent> events;          // given to nodes, in order; without names
  std::vector<MembershipChange> membership;  // with names
  std::vector<Passage> passages;
};

}  // namespace sim
