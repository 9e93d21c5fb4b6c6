#include "core/detect/phi.hpp"

#include <algorithm>

#include "core/base/exact_math.hpp"

namespace core {
namespace {

constexpr double kLn10 = 2.302585092994045684;

// Exponent of the logistic approximation: P(Z > y) is about 1 / (1 + exp(steepness(y))).
double steepness(double y) {
  return y * (1.5976 + 0.070566 * y * y);
}

}  // namespace

double phi(double silence, double mean, double stddev) {
  const double s = steepness((silence - mean) / stddev);
  // log(1 + exp(s)) without overflow for large s and without cancellation for very negative s.
  const double tail = s > 0 ? s + ln(1 + exp(-s)) : ln(1 + exp(s));
  return std::clamp(tail / kLn10, 0.0, 300.0);
}

std::int64_t deviations_at(std::uint32_t threshold_milli) {
  std::int64_t low = -40'000'000, high = 40'000'000;  // millionths; phi(-40) = 0, phi(40) is above 100
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    const bool crossed = phi(static_cast<double>(middle) / 1e6, 0, 1) * 1000 >= threshold_milli;
    (crossed ? high : low) = crossed ? middle : middle + 1;
  }
  return low;
}

}  // namespace core
