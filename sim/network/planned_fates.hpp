// The messages whose fate the scenario names. Counts what is sent, by link and type, and knows when it is the turn of
// one of them; only links and types that have any are counted.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/time.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// never: the scenario does not say.
struct PlannedFate {
  bool drop = false;
  core::Instant at = core::Instant::never();    // it arrives
  core::Instant copy = core::Instant::never();  // it arrives once more
};

class PlannedFates {
 public:
  explicit PlannedFates(const std::vector<MessageFate>& fates);

  [[nodiscard]] bool empty() const { return lanes_.empty(); }

  // To be asked once for each message that is sent, and for each news of a broken connection (no type).
  // Null: the scenario says nothing of it. Valid as long as this object.
  const PlannedFate* next(core::Link link, std::optional<core::MessageType> type);

 private:
  struct Planned {
    std::uint64_t nth = 1;
    PlannedFate fate;
  };
  // The messages of one type on one link.
  struct Lane {
    std::uint64_t key = 0;
    std::uint64_t sent = 0;
    std::size_t next = 0, end = 0;  // in planned_: those whose turn is still to come, by turn
  };

  std::vector<Planned> planned_;
  std::vector<Lane> lanes_;  // by key
};

}  // namespace sim
