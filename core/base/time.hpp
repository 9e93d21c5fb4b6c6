// Time as integers. Nothing in core or sim reads a clock: every call is given `now`.
#pragma once

#include <compare>
#include <cstdint>

namespace core {

// A span of time in nanoseconds; may be negative. Range: about 292 years.
struct Duration {
  std::int64_t ns = 0;

  static constexpr Duration us(std::int64_t n) { return {n * 1'000}; }
  static constexpr Duration ms(std::int64_t n) { return {n * 1'000'000}; }
  static constexpr Duration s(std::int64_t n) { return {n * 1'000'000'000}; }
  static constexpr Duration forever() { return {INT64_MAX / 4}; }

  friend constexpr auto operator<=>(Duration, Duration) = default;
  friend constexpr Duration operator+(Duration a, Duration b) { return {a.ns + b.ns}; }
  friend constexpr Duration operator-(Duration a, Duration b) { return {a.ns - b.ns}; }
  friend constexpr Duration operator*(Duration a, std::int64_t k) { return {a.ns * k}; }
  friend constexpr Duration operator/(Duration a, std::int64_t k) { return {a.ns / k}; }
};

// A point on some node's or the simulator's time line: nanoseconds since the start of the run.
struct Instant {
  std::int64_t ns = 0;

  // Later than anything that happens: the due time of a timer that is not set.
  static constexpr Instant never() { return {INT64_MAX / 2}; }

  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Instant operator+(Instant t, Duration d) { return {t.ns + d.ns}; }
  friend constexpr Instant operator-(Instant t, Duration d) { return {t.ns - d.ns}; }
  friend constexpr Duration operator-(Instant a, Instant b) { return {a.ns - b.ns}; }
};

}  // namespace core
