// Where messages on their way are kept. A broadcast is one message with many references; slots are used again,
// so that nothing is allocated once the pool is as large as the busiest moment needed.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/check.hpp"
#include "core/message/message.hpp"

namespace sim {

class MessagePool {
 public:
  using Slot = std::uint32_t;
  static constexpr Slot kNone = UINT32_MAX;

  // Takes the message in; the caller holds the first reference.
  Slot put(core::Message message) {
    const std::size_t bytes = core::size_of(message);
    if (free_.empty()) {
      slots_.push_back({std::move(message), bytes, 1});
      return static_cast<Slot>(slots_.size() - 1);
    }
    const Slot slot = free_.back();
    free_.pop_back();
    slots_[slot] = {std::move(message), bytes, 1};
    return slot;
  }

  void share(Slot slot) { ++slots_[slot].references; }

  // The last one to let go frees the slot and what the message holds.
  void release(Slot slot) {
    core::check(slots_[slot].references > 0, "a message is released once for each reference");
    if (--slots_[slot].references > 0) return;
    slots_[slot].message.body.emplace<core::Election>();
    free_.push_back(slot);
  }

  // Valid until the next put().
  [[nodiscard]] const core::Message& at(Slot slot) const { return slots_[slot].message; }
  // On the wire.
  [[nodiscard]] std::size_t bytes(Slot slot) const { return slots_[slot].bytes; }
  [[nodiscard]] std::size_t in_use() const { return slots_.size() - free_.size(); }

 private:
  struct Kept {
    core::Message message;
    std::size_t bytes = 0;
    std::uint32_t references = 0;
  };

  std::vector<Kept> slots_;
  std::vector<Slot> free_;
};

}  // namespace sim
