// The monotonic clock of one machine: how its own time runs against true time. Everything a node does is timed by
// it. It never goes back and never jumps; its rate may change at any instant. Whole numbers throughout.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/base/check.hpp"
#include "core/base/time.hpp"

namespace sim {

class Clock {
 public:
  static constexpr std::int32_t kMostPpm = 200'000;  // drift, either way

  // What it shows at a true instant. REQUIRES: not before the last change of its rate.
  [[nodiscard]] core::Instant at(core::Instant now) const {
    if (drift_ppm_ == 0) return now + lead_;
    const auto elapsed = static_cast<Wide>((now - bent_).ns);
    return bent_ + lead_ + core::Duration{static_cast<std::int64_t>(elapsed * rate() / kMillion)};
  }

  // The first true instant, none before the last change of its rate, at which it shows `shown` or more.
  [[nodiscard]] core::Instant when(core::Instant shown) const {
    if (shown >= core::Instant::never()) return core::Instant::never();
    if (drift_ppm_ == 0) return std::max(bent_, shown - lead_);
    const auto missing = static_cast<Wide>(std::max<std::int64_t>((shown - (bent_ + lead_)).ns, 0));
    const Wide wait = (missing * kMillion + rate() - 1) / rate();
    const auto most = static_cast<Wide>((core::Instant::never() - bent_).ns);
    return bent_ + core::Duration{static_cast<std::int64_t>(std::min(wait, most))};
  }

  // From `now` on it gains `ppm` microseconds in a true second; a negative number loses them.
  // REQUIRES: not before the last change; |ppm| <= kMostPpm.
  void bend(core::Instant now, std::int32_t ppm) {
    core::check(ppm >= -kMostPpm && ppm <= kMostPpm, "a clock drifts by at most a fifth");
    lead_ = at(now) - now;
    bent_ = now;
    drift_ppm_ = ppm;
  }

  [[nodiscard]] std::int32_t drift_ppm() const { return drift_ppm_; }

 private:
  __extension__ using Wide = unsigned __int128;
  static constexpr Wide kMillion = 1'000'000;

  [[nodiscard]] Wide rate() const { return static_cast<Wide>(1'000'000 + drift_ppm_); }

  std::int32_t drift_ppm_ = 0;
  core::Instant bent_;   // true time of the last change of its rate
  core::Duration lead_;  // how far it was ahead of true time then
};

}  // namespace sim
