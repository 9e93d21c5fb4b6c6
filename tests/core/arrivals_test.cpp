#include "core/detect/arrivals.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <deque>

#include "core/base/rng.hpp"

using core::Arrivals;
using core::Duration;

namespace {

double ms(Duration d) {
  return static_cast<double>(d.ns) / 1e6;
}

// The window kept as it is and summed anew each time.
struct Naive {
  std::deque<std::int64_t> gaps;
  std::size_t window;

  void add(std::int64_t us) {
    gaps.push_back(us);
    if (gaps.size() > window) gaps.pop_front();
  }
  [[nodiscard]] std::int64_t mean() const {
    std::int64_t sum = 0;
    for (const std::int64_t gap : gaps) sum += gap;
    return sum / static_cast<std::int64_t>(gaps.size());
  }
  [[nodiscard]] double deviation() const {
    const auto n = static_cast<long double>(gaps.size());
    long double sum = 0, squares = 0;
    for (const std::int64_t gap : gaps) sum += static_cast<long double>(gap);
    for (const std::int64_t gap : gaps)
      squares += (static_cast<long double>(gap) - sum / n) * (static_cast<long double>(gap) - sum / n);
    return static_cast<double>(std::sqrt(squares / n));
  }
};

}  // namespace

TEST_CASE("a fresh window has invented gaps around the expected one") {
  const Arrivals gaps{Duration::s(1)};
  CHECK(gaps.mean() == Duration::s(1));
  CHECK(gaps.stddev() == Duration::ms(250));
}

TEST_CASE("mean and variance of a window") {  // the vectors of Akka's AccrualFailureDetectorSpec
  SECTION("five gaps push the invented ones out") {
    Arrivals gaps;
    for (const int gap : {100, 200, 125, 340, 130}) gaps.add(Duration::ms(gap), 5);
    CHECK(gaps.mean() == Duration::ms(179));
    CHECK(ms(gaps.stddev()) == Approx(std::sqrt(7584.0)).margin(0.001));
  }
  SECTION("equal gaps have no variance") {
    Arrivals gaps;
    for (int i = 0; i < 2; ++i) gaps.add(Duration::ms(1'000), 2);
    CHECK(gaps.stddev() == Duration{});
  }
  SECTION("the oldest is forgotten") {
    Arrivals gaps;
    for (const int gap : {100, 110, 90}) gaps.add(Duration::ms(gap), 3);
    CHECK(gaps.mean() == Duration::ms(100));
    CHECK(ms(gaps.stddev()) == Approx(std::sqrt(66.6666667)).margin(0.001));
    gaps.add(Duration::ms(140), 3);
    CHECK(ms(gaps.mean()) == Approx(113.333333).margin(0.001));
    CHECK(ms(gaps.stddev()) == Approx(std::sqrt(422.222222)).margin(0.001));
    gaps.add(Duration::ms(80), 3);
    CHECK(ms(gaps.mean()) == Approx(103.333333).margin(0.001));
    CHECK(ms(gaps.stddev()) == Approx(std::sqrt(688.88888889)).margin(0.001));
  }
}

TEST_CASE("running sums equal a naive recomputation") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const auto window = static_cast<std::uint32_t>(2 + rng.below(30));
    const std::uint64_t scale = std::uint64_t{1} << rng.below(31);  // from microseconds to half an hour
    Arrivals gaps{Duration::ms(400)};
    Naive naive{{300'000, 500'000}, window};
    for (int i = 0; i < 100; ++i) {
      const auto gap = static_cast<std::int64_t>(rng.below(scale));
      gaps.add(Duration::us(gap), window);
      naive.add(gap);
      REQUIRE(gaps.mean() == Duration::us(naive.mean()));
      REQUIRE(static_cast<double>(gaps.stddev().ns) / 1e3 == Approx(naive.deviation()).epsilon(1e-9).margin(1.001));
    }
  }
}

TEST_CASE("absurd gaps neither overflow nor go below zero") {
  Arrivals gaps;
  for (int i = 0; i < 10; ++i) gaps.add(Duration::forever(), 4);
  CHECK(gaps.mean() == Duration::us(UINT32_MAX));  // the longest that is told apart: 71 minutes
  CHECK(gaps.stddev() == Duration{});
  for (int i = 0; i < 4; ++i) gaps.add(Duration{-5}, 4);
  CHECK(gaps.mean() == Duration{});
  CHECK(gaps.stddev() == Duration{});
}
