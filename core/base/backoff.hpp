// A repeat that waits longer each time: `retransmit` first, doubling up to two seconds.
#pragma once

#include <algorithm>

#include "core/base/time.hpp"

namespace core {

struct Backoff {
  static constexpr Duration kMost = Duration::s(2);

  Instant due = Instant::never();
  Duration wait;

  // Begins to count; an armed one is left alone.
  void arm(Instant now, Duration first) {
    if (due != Instant::never()) return;
    wait = first;
    due = now + wait;
  }
  // Progress: the next wait is the first again.
  void restart(Instant now, Duration first) {
    wait = first;
    due = now + wait;
  }
  // When the wait that is under way began. REQUIRES: armed.
  [[nodiscard]] Instant begun() const { return due - wait; }
  void again(Instant now) {
    wait = std::min(wait * 2, kMost);
    due = now + wait;
  }
  void stop() { due = Instant::never(); }

  static void fields(auto& m, auto&& visit) { visit("due", m.due), visit("wait", m.wait); }
};

}  // namespace core
