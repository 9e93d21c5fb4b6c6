#include "core/base/exact_math.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "core/base/digest.hpp"
#include "core/base/rng.hpp"

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double relative_error(double got, double expected) {
  return expected == 0 ? std::abs(got) : std::abs(got - expected) / std::abs(expected);
}

// Uniform in [low, high).
double draw(core::Rng& rng, double low, double high) {
  return low + (high - low) * static_cast<double>(rng.next() >> 11) * 0x1p-53;
}

}  // namespace

TEST_CASE("ln agrees with the library's to 1e-14") {
  const std::uint64_t seed = 1;
  core::Rng rng{seed};
  for (int i = 0; i < 20'000; ++i) {
    const double x = std::bit_cast<double>(rng.next() >> 1 & 0x7FEF'FFFF'FFFF'FFFFULL);  // any finite positive number
    CAPTURE(seed, i, x);
    REQUIRE(relative_error(core::ln(x), std::log(x)) < 1e-14);
    const double near_one = draw(rng, 0.5, 2);
    CAPTURE(near_one);
    REQUIRE(relative_error(core::ln(near_one), std::log(near_one)) < 1e-14);
  }
}

TEST_CASE("ln at its edges") {
  CHECK(core::ln(1) == 0);
  CHECK(core::ln(0) == -kInfinity);
  CHECK(core::ln(kInfinity) == kInfinity);
  CHECK(std::isnan(core::ln(-1)));
  CHECK(std::isnan(core::ln(std::numeric_limits<double>::quiet_NaN())));
  const double least = std::numeric_limits<double>::denorm_min();
  CHECK(relative_error(core::ln(least), std::log(least)) < 1e-14);
  for (const double tiny : {1e-3, 1e-8, 1e-15, -1e-3, -1e-8, -1e-15})
    CHECK(relative_error(core::ln(1 + tiny), std::log(1 + tiny)) < 1e-14);
}

TEST_CASE("exp agrees with the library's to 1e-14") {
  const std::uint64_t seed = 2;
  core::Rng rng{seed};
  for (int i = 0; i < 20'000; ++i) {
    for (const double x : {draw(rng, -708, 709.7), draw(rng, -1, 1), draw(rng, -1e-6, 1e-6)}) {
      CAPTURE(seed, i, x);
      REQUIRE(relative_error(core::exp(x), std::exp(x)) < 1e-14);
    }
  }
}

TEST_CASE("exp at its edges") {
  CHECK(core::exp(0) == 1);
  CHECK(core::exp(710) == kInfinity);
  CHECK(core::exp(kInfinity) == kInfinity);
  CHECK(core::exp(-746) == 0);
  CHECK(core::exp(-kInfinity) == 0);
  CHECK(std::isnan(core::exp(std::numeric_limits<double>::quiet_NaN())));
  CHECK(relative_error(core::exp(709.78), std::exp(709.78)) < 1e-14);
  const double least = std::numeric_limits<double>::denorm_min();
  for (const double x : {-720.0, -744.0, -745.1})  // so small that only few bits are left
    CHECK(std::abs(core::exp(x) - std::exp(x)) <= least);
}

TEST_CASE("the normal quantile inverts the distribution function") {
  // Phi(z) = erfc(-z / sqrt 2) / 2; an error of z shows as one of p, magnified by the density.
  for (double z = -8; z <= 5; z += 1.0 / 64) {
    const double p = 0.5 * std::erfc(-z / std::sqrt(2.0));
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * 3.14159265358979323846);
    CAPTURE(z, p);
    REQUIRE(std::abs(core::normal_quantile(p) - z) < 1e-12 + 2e-16 / density);
  }
}

TEST_CASE("known normal quantiles") {
  CHECK(core::normal_quantile(0.5) == 0);
  CHECK(std::abs(core::normal_quantile(0.975) - 1.959963984540054) < 1e-14);
  CHECK(std::abs(core::normal_quantile(0.99) - 2.326347874040841) < 1e-14);
  CHECK(std::abs(core::normal_quantile(1e-20) + 9.262340089798408) < 1e-13);
  CHECK(std::abs(core::normal_quantile(0.25) + core::normal_quantile(0.75)) < 1e-15);
}

TEST_CASE("the same bits with every compiler and level of optimisation") {
  core::Hasher hasher;
  for (int i = 1; i < 4'000; ++i) {
    const double x = i / 4'000.0;
    for (const double y : {core::ln(x), core::ln(x * 1e9), core::exp(40 * x - 20), core::normal_quantile(x)})
      hasher.word(std::bit_cast<std::uint64_t>(y));
  }
  CHECK(hasher.digest().hex() == "3fc70d709a59568f5d9e734a9548ccc3");
}
