#include "sim/network/latency_table.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/base/exact_math.hpp"

namespace sim {
namespace {

// To whole nanoseconds, within what a latency can be.
std::int64_t rounded(double ns) {
  constexpr auto most = static_cast<double>(Duration::forever().ns);
  if (ns < 1) return 1;
  return ns > most ? Duration::forever().ns : static_cast<std::int64_t>(ns + 0.5);
}

// The latency, in ns, that a share p of all messages stays below.
double quantile(const Latency& latency, double p) {
  const auto a = static_cast<double>(latency.a.ns), b = static_cast<double>(latency.b.ns);
  if (latency.shape == Latency::Shape::normal) return a + b * core::normal_quantile(p);
  if (latency.shape == Latency::Shape::exponential) return -a * core::ln(1 - p);
  const double sigma = core::ln(b / a) / core::normal_quantile(0.99);
  return a * core::exp(sigma * core::normal_quantile(p));
}

}  // namespace

LatencyTable::LatencyTable(const Latency& latency) {
  using enum Latency::Shape;
  core::check(latency.a.ns >= 0 && latency.b.ns >= 0, "latencies are not negative");
  if (latency.shape == fixed || latency.shape == uniform) {
    const std::int64_t most = latency.shape == fixed ? latency.a.ns : latency.b.ns;
    core::check(latency.a.ns <= most, "uniform: the least comes first");
    least_ = std::max<std::int64_t>(latency.a.ns, 1);
    span_ = static_cast<std::uint64_t>(std::max(most, least_) - least_) + 1;
    return;
  }
  core::check(latency.shape != lognormal || (latency.a.ns > 0 && latency.a <= latency.b),
              "lognormal: 0 < median <= 99th percentile");
  constexpr double cells = kCells;
  std::int64_t last = 1;
  for (std::size_t edge = 0; edge <= kCells; ++edge) {
    last = std::max(last, rounded(quantile(latency, std::clamp(static_cast<double>(edge), 0.5, cells - 0.5) / cells)));
    quantiles_.push_back(last);
  }
}

}  // namespace sim
