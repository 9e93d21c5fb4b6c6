// Names of things inside one group. Members are dense indices here; UUIDs and names stay at the edge.
#pragma once

#include <compare>
#include <cstdint>

namespace core {

using Member = std::uint16_t;  // index into Config::members, 0..n-1
using Epoch = std::uint64_t;   // one leader at most in each; 0 = none yet
using Seq = std::uint64_t;     // place in the total order, from 1; 0 = before everything

constexpr Member kNobody = 0xFFFF;

// A 128-bit identity, compared as a number.
struct Id128 {
  std::uint64_t high = 0, low = 0;
  friend constexpr auto operator<=>(const Id128&, const Id128&) = default;
};

// The end of a log or a place in it. Ordered by epoch, then seq: the greater end is the better log.
struct Point {
  Epoch epoch = 0;
  Seq seq = 0;
  friend constexpr auto operator<=>(const Point&, const Point&) = default;
};

// Which event: the number-th (from 1) of an origin. Entries that the group writes for itself have an
// epoch in place of an origin.
struct EventId {
  std::uint64_t origin = 0;  // top bit: made by the group in epoch (the other bits); else incarnation << 16 | member
  std::uint64_t number = 0;

  static constexpr EventId of(Member member, std::uint64_t number, std::uint64_t incarnation = 0) {
    return {incarnation << 16 | member, number};
  }
  static constexpr EventId made_in(Epoch epoch, std::uint64_t number) { return {kGroup | epoch, number}; }

  [[nodiscard]] constexpr bool internal() const { return (origin & kGroup) != 0; }
  [[nodiscard]] constexpr Member member() const { return static_cast<Member>(origin & 0xFFFF); }
  [[nodiscard]] constexpr std::uint64_t incarnation() const { return (origin & ~kGroup) >> 16; }
  [[nodiscard]] constexpr Epoch epoch() const { return origin & ~kGroup; }

  friend constexpr auto operator<=>(const EventId&, const EventId&) = default;

 private:
  static constexpr std::uint64_t kGroup = 1ULL << 63;
};

}  // namespace core
