// The vectors are those of Akka's AccrualFailureDetectorSpec, whose phi has the same formula.
#include "core/detect/phi.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "core/base/rng.hpp"
#include "core/detect/arrivals.hpp"

using core::phi;

namespace {

double cumulative(double silence, double mean, double deviation) {
  return 1 - std::pow(10, -phi(silence, mean, deviation));
}

}  // namespace

TEST_CASE("phi gives the cumulative distribution of the normal law") {
  struct Vector {
    double silence, mean, deviation, expected, tolerance;
  };
  const std::vector<Vector> vectors{{0, 0, 10, 0.5, 1e-3},      {6, 0, 10, 0.7257, 1e-3},   {15, 0, 10, 0.9332, 1e-3},
                                    {20, 0, 10, 0.97725, 1e-3}, {25, 0, 10, 0.99379, 1e-3}, {35, 0, 10, 0.99977, 1e-3},
                                    {40, 0, 10, 0.99997, 1e-4}, {22, 20, 3, 0.7475, 1e-3}};
  for (const Vector& v : vectors) {
    CAPTURE(v.silence);
    CHECK(cumulative(v.silence, v.mean, v.deviation) == Approx(v.expected).margin(v.tolerance));
  }
  for (int silence = 0; silence < 40; ++silence) {
    CAPTURE(silence);
    CHECK(phi(silence, 0, 10) < phi(silence + 1, 0, 10));
  }
}

TEST_CASE("phi of outliers") {
  CHECK(phi(10, 0, 1) == Approx(38.0).margin(1.0));
  CHECK(phi(10, 0, 1) == Approx(37.584713053));  // what the formula says
  CHECK(phi(-25, 0, 1) == 0.0);
  CHECK(phi(1e9, 0, 1) == 300.0);  // stays finite
}

TEST_CASE("phi of realistic silences") {
  struct Vector {
    double silence, expected, formula;
  };
  const std::vector<Vector> vectors{
      {0, 0.0, 0},           {500, 0.1, 2.2e-8},      {1000, 0.3, 0.301030},  {1200, 1.6, 1.642828},
      {1400, 4.7, 4.736695}, {1600, 10.8, 10.782601}, {1700, 15.3, 15.368526}};
  for (const Vector& v : vectors) {
    CAPTURE(v.silence);
    CHECK(phi(v.silence, 1000, 100) == Approx(v.expected).margin(0.1));
    CHECK(phi(v.silence, 1000, 100) == Approx(v.formula).margin(1e-6));
  }
  CHECK(phi(1100, 1000, 500) == Approx(0.3760737919));  // a wider spread is less surprised
  CHECK(phi(1100, 1000, 100) == Approx(0.7995083212));
}

TEST_CASE("phi never falls with silence, is log10(2) at the mean and knows no unit") {
  core::Rng rng{7};
  for (int round = 0; round < 1'000; ++round) {
    CAPTURE(round);
    const auto draw = [&](std::uint64_t bound) { return static_cast<double>(1 + rng.below(bound)); };
    const double mean = draw(5'000), deviation = draw(1'000), silence = draw(20'000), more = draw(1'000);
    REQUIRE(phi(silence, mean, deviation) <= phi(silence + more, mean, deviation));
    REQUIRE(phi(mean, mean, deviation) == Approx(std::log10(2.0)).epsilon(1e-12));
    const double unit = draw(1'000'000);
    REQUIRE(phi(silence, mean, deviation) ==
            Approx(phi(silence * unit, mean * unit, deviation * unit)).epsilon(1e-9).margin(1e-12));
  }
}

TEST_CASE("deviations_at is where phi crosses the threshold") {
  for (std::uint32_t threshold = 1; threshold <= 100'000; threshold += threshold / 7 + 1) {
    CAPTURE(threshold);
    const std::int64_t k = core::deviations_at(threshold);
    REQUIRE(phi(static_cast<double>(k) / 1e6, 0, 1) * 1000 >= threshold);
    REQUIRE(phi(static_cast<double>(k - 1) / 1e6, 0, 1) * 1000 < threshold);
  }
  CHECK(core::deviations_at(8'000) == Approx(5'226'000).margin(1'000));
  CHECK(core::deviations_at(12'000) == Approx(6'292'000).margin(1'000));
}

TEST_CASE("phi over observed gaps") {
  const auto at = [](const core::Arrivals& gaps, double silence_ms, double pause_ms) {
    return phi(silence_ms * 1e6, static_cast<double>(gaps.mean().ns) + pause_ms * 1e6,
               std::max(static_cast<double>(gaps.stddev().ns), 100e6));
  };
  core::Arrivals gaps{core::Duration::s(1)};
  SECTION("one heartbeat") {
    CHECK(at(gaps, 1'000, 0) == Approx(0.301030).margin(1e-6));
    CHECK(at(gaps, 2'000, 0) == Approx(4.736695).margin(1e-5));
    CHECK(at(gaps, 3'000, 0) == Approx(21.241600).margin(1e-4));
  }
  SECTION("heartbeats at 0, 1000 and 1100 ms") {
    gaps.add(core::Duration::ms(1'000), 1'000);
    gaps.add(core::Duration::ms(100), 1'000);
    CHECK(at(gaps, 100, 0) == Approx(0.0257).margin(1e-4));
    CHECK(at(gaps, 7'100, 0) == Approx(109.2).margin(0.1));
  }
  SECTION("an acceptable pause is added to the mean") {
    for (int i = 0; i < 3; ++i) gaps.add(core::Duration::s(1), 1'000);
    CHECK(at(gaps, 4'000, 3'000) == Approx(0.301030).margin(1e-6));
    for (int i = 0; i < 3; ++i) gaps.add(core::Duration::s(1), 1'000);
    CHECK(at(gaps, 5'000, 3'000) == Approx(21.24).margin(0.01));
  }
}
