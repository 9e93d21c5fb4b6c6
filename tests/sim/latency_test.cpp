#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "core/base/rng.hpp"
#include "sim/network/latency_table.hpp"

namespace {

using sim::Duration;
using sim::Latency;
using sim::LatencyTable;
using Spread = Latency::Shape;

constexpr int kDraws = 200'000;

// Ascending draws in ns.
std::vector<double> sample(const Latency& latency) {
  const LatencyTable table{latency};
  core::Rng rng{11};
  std::vector<double> draws;
  for (int i = 0; i < kDraws; ++i) draws.push_back(static_cast<double>(table.at(rng.next()).ns));
  std::sort(draws.begin(), draws.end());
  return draws;
}

double quantile(const std::vector<double>& draws, double p) {
  return draws[static_cast<std::size_t>(p * static_cast<double>(draws.size()))];
}

double mean(const std::vector<double>& draws) {
  double sum = 0;
  for (const double draw : draws) sum += draw;
  return sum / static_cast<double>(draws.size());
}

double deviation(const std::vector<double>& draws) {
  const double middle = mean(draws);
  double sum = 0;
  for (const double draw : draws) sum += (draw - middle) * (draw - middle);
  return std::sqrt(sum / static_cast<double>(draws.size()));
}

std::vector<std::int64_t> first_draws(const Latency& latency) {
  const LatencyTable table{latency};
  core::Rng rng{42};
  std::vector<std::int64_t> draws;
  for (int i = 0; i < 4; ++i) draws.push_back(table.at(rng.next()).ns);
  return draws;
}

const Latency kFixed{Spread::fixed, Duration::ms(5), {}};
const Latency kUniform{Spread::uniform, Duration::ms(1), Duration::ms(10)};
const Latency kNormal{Spread::normal, Duration::ms(20), Duration::ms(3)};
const Latency kLognormal{Spread::lognormal, Duration::ms(10), Duration::ms(80)};
const Latency kExponential{Spread::exponential, Duration::ms(4), {}};

}  // namespace

TEST_CASE("a fixed latency is that latency") {
  const LatencyTable table{kFixed};
  for (const std::uint64_t word : {std::uint64_t{0}, std::uint64_t{1} << 63, UINT64_MAX})
    CHECK(table.at(word) == Duration::ms(5));
}

TEST_CASE("a uniform latency takes every value between its ends, evenly") {
  const LatencyTable three{{Spread::uniform, Duration{7}, Duration{9}}};
  CHECK(three.at(0).ns == 7);
  CHECK(three.at(UINT64_MAX / 2).ns == 8);
  CHECK(three.at(UINT64_MAX).ns == 9);
  const auto draws = sample(kUniform);
  CHECK(draws.front() >= 1e6);
  CHECK(draws.back() <= 10e6);
  CHECK(mean(draws) == Approx(5.5e6).epsilon(0.005));
  CHECK(quantile(draws, 0.9) == Approx(9.1e6).epsilon(0.005));
}

TEST_CASE("a normal latency has its mean and deviation") {
  const auto draws = sample(kNormal);
  CHECK(mean(draws) == Approx(20e6).epsilon(0.002));
  CHECK(deviation(draws) == Approx(3e6).epsilon(0.01));
  CHECK(quantile(draws, 0.975) == Approx(20e6 + 1.96 * 3e6).epsilon(0.005));
}

TEST_CASE("a lognormal latency has its median and 99th percentile") {
  const auto draws = sample(kLognormal);
  CHECK(quantile(draws, 0.5) == Approx(10e6).epsilon(0.01));
  CHECK(quantile(draws, 0.99) == Approx(80e6).epsilon(0.03));
}

TEST_CASE("an exponential latency has its mean, and its deviation equals it") {
  const auto draws = sample(kExponential);
  CHECK(mean(draws) == Approx(4e6).epsilon(0.01));
  CHECK(deviation(draws) == Approx(4e6).epsilon(0.02));
  CHECK(quantile(draws, 0.5) == Approx(4e6 * std::log(2.0)).epsilon(0.01));
}

TEST_CASE("no latency is below one nanosecond") {
  for (const Latency& latency :
       {Latency{Spread::fixed, Duration{0}, {}}, Latency{Spread::uniform, Duration{0}, Duration{0}},
        Latency{Spread::normal, Duration::ms(1), Duration::ms(50)}, Latency{Spread::exponential, Duration{1}, {}}}) {
    const LatencyTable table{latency};
    for (std::uint64_t top = 0; top < 4'096; ++top) REQUIRE(table.at(top << 52).ns >= 1);
  }
}

TEST_CASE("greater words give no smaller latencies, across all cells") {
  for (const Latency& latency : {kUniform, kNormal, kLognormal, kExponential}) {
    const LatencyTable table{latency};
    Duration last{0};
    for (std::uint64_t step = 0; step < 1U << 16; ++step) {
      const Duration now = table.at(step << 48 | 0xFFFF'FFFF);
      REQUIRE(now >= last);
      last = now;
    }
    CHECK(table.at(UINT64_MAX) > table.at(0));
  }
}

TEST_CASE("the tails end half a cell from the edge") {
  const LatencyTable table{kNormal};
  CHECK(static_cast<double>(table.at(0).ns) == Approx(20e6 - 3.668 * 3e6).epsilon(0.001));
  CHECK(static_cast<double>(table.at(UINT64_MAX).ns) == Approx(20e6 + 3.668 * 3e6).epsilon(0.001));
}

TEST_CASE("absurdly long tails stay within the range of time") {
  const LatencyTable table{{Spread::lognormal, Duration{1}, Duration::forever()}};
  CHECK(table.at(UINT64_MAX) == Duration::forever());
}

TEST_CASE("the first draws are the same with every compiler") {
  using Draws = std::vector<std::int64_t>;
  CHECK(first_draws(kUniform) == Draws{7'674'084, 2'439'193, 3'507'410, 4'097'716});
  CHECK(first_draws(kNormal) == Draws{21'944'532, 17'015'520, 18'238'993, 18'796'842});
  CHECK(first_draws(kLognormal) == Draws{17'849'373, 4'109'677, 5'917'323, 6'987'328});
  CHECK(first_draws(kExponential) == Draws{5'412'442, 696'986, 1'306'252, 1'687'540});
}
