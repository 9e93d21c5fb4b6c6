// A latency distribution made ready for drawing: one random word in, one duration out, integers only.
//
// Normal, lognormal and exponential become a table of 4096 cells of equal probability with straight lines
// between the quantiles at their edges. The outer edges stand half a cell inside, so what is less likely than
// 1 in 8192 on either side is never drawn. No draw is below 1 ns: what would be (the low side of a wide normal)
// becomes 1 ns.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

class LatencyTable {
 public:
  // REQUIRES: a, b >= 0; uniform: a <= b; lognormal: 0 < a <= b.
  explicit LatencyTable(const Latency& latency);

  // Equal words give equal latencies, greater words no smaller ones.
  [[nodiscard]] Duration at(std::uint64_t word) const {
    if (quantiles_.empty()) return {least_ + static_cast<std::int64_t>(share(word, span_))};
    const std::size_t cell = word >> (64 - kCellBits);
    const auto width = static_cast<std::uint64_t>(quantiles_[cell + 1] - quantiles_[cell]);
    return {quantiles_[cell] + static_cast<std::int64_t>(share(word << kCellBits, width))};
  }

 private:
  static constexpr int kCellBits = 12;
  static constexpr std::size_t kCells = std::size_t{1} << kCellBits;

  // whole * fraction / 2^64, rounded down.
  static std::uint64_t share(std::uint64_t fraction, std::uint64_t whole) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>(static_cast<Wide>(fraction) * whole >> 64);
  }

  std::int64_t least_ = 1;               // fixed, uniform: ns
  std::uint64_t span_ = 1;               // fixed, uniform: how many values
  std::vector<std::int64_t> quantiles_;  // the others: kCells + 1 ascending values, ns
};

}  // namespace sim
