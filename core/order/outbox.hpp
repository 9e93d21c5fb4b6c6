// The events a node has accepted and the group has not decided yet. They are repeated until they come back in
// the order, to whichever leader there is; the window keeps one origin from flooding it.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/base/backoff.hpp"
#include "core/event/event.hpp"

namespace core {

constexpr std::size_t kWindowBytes = 256 << 10;  // unacknowledged, per follower and per origin
constexpr std::size_t kRepairBytes = 8 << 10;    // of small events, a repeat takes this much along: where one is
                                                 // lost, others are, and each would cost a round trip
constexpr std::size_t kPieceBytes = 64 << 10;    // about the most in one message

class Outbox {
 public:
  static constexpr std::size_t kMostEvents = 10'000;
  static constexpr std::size_t kMostBytes = 16 << 20;

  Outbox() = default;
  Outbox(std::deque<EventRef> pending, std::uint64_t last_number);

  // No room: the next event must be refused ("overloaded").
  [[nodiscard]] bool full() const { return pending_.size() >= kMostEvents || bytes_ >= kMostBytes; }
  [[nodiscard]] bool empty() const { return pending_.empty(); }
  [[nodiscard]] std::uint64_t next_number() const { return last_number_ + 1; }
  void push(EventRef event);  // REQUIRES: its number is next_number()

  // Events not yet sent to this leader, at most a message full; empty when the window is.
  std::vector<EventRef> unsent();
  // The oldest events, sent or not: one at least, and about kRepairBytes of them.
  [[nodiscard]] std::vector<EventRef> oldest() const;
  // Those with the numbers first to last, at most a message full.
  [[nodiscard]] std::vector<EventRef> numbered(std::uint64_t first, std::uint64_t last) const;
  // A new leader knows nothing: everything counts as unsent again.
  void rewind();
  // The origin's numbers up to this one are decided. False: that was known.
  bool settle(std::uint64_t number);

  Backoff repeat;  // of oldest()

  [[nodiscard]] const std::deque<EventRef>& pending() const { return pending_; }

  static void fields(auto& m, auto&& visit) {
    visit("pending", m.pending_), visit("last_number", m.last_number_), visit("sent", m.sent_),
        visit("repeat", m.repeat);
  }

 private:
  std::deque<EventRef> pending_;  // ascending, without gaps
  std::uint64_t last_number_ = 0;
  std::size_t bytes_ = 0;      // of pending_
  std::size_t sent_ = 0;       // how many of pending_ are with the leader, from the front
  std::size_t in_flight_ = 0;  // bytes of those
};

}  // namespace core
