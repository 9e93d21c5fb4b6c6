// The recent gaps between heartbeats of one peer, and their mean and standard deviation. Integers only:
// microseconds, with sums wide enough for any window.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/time.hpp"

namespace core {

class Arrivals {
 public:
  // Starts from two invented gaps, `expected` minus and plus a quarter, so that mean and deviation exist at once.
  explicit Arrivals(Duration expected = Duration::ms(500));

  // Learns a gap; beyond `window` samples the oldest is forgotten. REQUIRES: window >= 2, the same in every call.
  void add(Duration gap, std::uint32_t window);

  [[nodiscard]] Duration mean() const;
  [[nodiscard]] Duration stddev() const;  // population form

  static void fields(auto& m, auto&& visit) { visit("gaps_us", m.gaps_us_), visit("oldest", m.oldest_); }

 private:
  __extension__ using Wide = unsigned __int128;

  std::vector<std::uint32_t> gaps_us_;
  std::uint32_t oldest_ = 0;  // index in gaps_us_, once the window is full
  std::uint64_t sum_ = 0;
  Wide sum_of_squares_ = 0;
};

}  // namespace core
