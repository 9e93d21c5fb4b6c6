#include "core/detect/arrivals.hpp"

#include <algorithm>
#include <cmath>

namespace core {

Arrivals::Arrivals(Duration expected) {
  add(expected - expected / 4, 2);
  add(expected + expected / 4, 2);
}

void Arrivals::add(Duration gap, std::uint32_t window) {
  const auto us = static_cast<std::uint32_t>(std::clamp<std::int64_t>(gap.ns / 1'000, 0, UINT32_MAX));
  if (gaps_us_.size() < window) {
    gaps_us_.push_back(us);
  } else {
    std::uint32_t& slot = gaps_us_[oldest_];
    sum_ -= slot;
    sum_of_squares_ -= Wide{slot} * slot;
    slot = us;
    oldest_ = oldest_ + 1 == window ? 0 : oldest_ + 1;
  }
  sum_ += us;
  sum_of_squares_ += Wide{us} * us;
}

Duration Arrivals::mean() const {
  return Duration::us(static_cast<std::int64_t>(sum_ / gaps_us_.size()));
}

Duration Arrivals::stddev() const {
  const Wide n = gaps_us_.size();
  const Wide variance = (n * sum_of_squares_ - Wide{sum_} * sum_) / (n * n);  // exact, so never below zero
  // The square root of a double is correctly rounded on every machine.
  return Duration::us(static_cast<std::int64_t>(std::sqrt(static_cast<double>(variance))));
}

}  // namespace core
