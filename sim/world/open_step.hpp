// One step of a node between what it wants done and what is done.
#pragma once

#include <vector>

#include "core/node/effects.hpp"
#include "sim/world/message_pool.hpp"

namespace sim {

struct OpenStep {
  core::Member node = core::kNobody;  // whose step; kNobody: no step in hand
  std::uint64_t incarnation = 0;
  core::Effects effects;
  std::size_t next = 0;                  // the first effect not carried out yet
  std::size_t written = 0;               // Persists before this are written already
  std::vector<MessagePool::Slot> slots;  // by message: where it is once its first send has moved it out

  [[nodiscard]] bool done() const { return next == effects.list().size(); }

  // Ready for the next step; the memory stays.
  void clear() {
    node = core::kNobody;
    effects.clear();
    next = written = 0;
    slots.clear();
  }
};

}  // namespace sim
