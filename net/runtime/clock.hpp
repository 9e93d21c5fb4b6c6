// The clock that a node lives by. It never goes back.
#pragma once

#include <chrono>

#include "core/base/time.hpp"

namespace net {

// The machine's own: the same for all processes on it.
inline core::Instant machine_time() {
  return {std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count()};
}

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual core::Instant now() const { return machine_time(); }
  // When, by the machine's clock, it shows this.
  [[nodiscard]] virtual core::Instant when(core::Instant shown) const { return shown; }
};

}  // namespace net
