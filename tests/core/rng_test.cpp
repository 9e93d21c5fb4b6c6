#include "core/base/rng.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>

using core::Purpose;
using core::Rng;

TEST_CASE("the generator is SplitMix64") {
  Rng rng{1234567};  // the published generator's first numbers for this seed
  CHECK(rng.next() == 6457827717110365317ULL);
  CHECK(rng.next() == 3203168211198807973ULL);
  CHECK(rng.next() == 9817491932198370423ULL);
  CHECK(rng.next() == 4593380528125082431ULL);
  CHECK(rng.next() == 16408922859458223821ULL);
}

TEST_CASE("below stays below and is even") {
  Rng rng{3};
  std::array<int, 7> hits{};
  for (int i = 0; i < 70'000; ++i) ++hits.at(rng.below(7));
  for (const int n : hits) CHECK(std::abs(n - 10'000) < 500);  // five standard deviations: 463
  CHECK(rng.below(1) == 0);
  CHECK(rng.below(UINT64_MAX) < UINT64_MAX);
}

TEST_CASE("chances in parts per million") {
  Rng rng{4};
  int hits = 0;
  for (int i = 0; i < 100'000; ++i) {
    hits += rng.chance_ppm(250'000) ? 1 : 0;
    REQUIRE_FALSE(rng.chance_ppm(0));
    REQUIRE(rng.chance_ppm(1'000'000));
  }
  CHECK(std::abs(hits - 25'000) < 700);  // five standard deviations: 685
}

TEST_CASE("streams with different names differ, equal names are equal") {
  std::set<std::uint64_t> firsts;
  int streams = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U})
    for (const Purpose purpose : {Purpose::node, Purpose::link, Purpose::workload, Purpose::fault})
      for (std::uint64_t a = 0; a < 20; ++a) {
        firsts.insert(Rng::stream(seed, purpose, {a}).next());
        for (std::uint64_t b = 0; b < 20; ++b) firsts.insert(Rng::stream(seed, purpose, {a, b}).next());
        streams += 21;
      }
  CHECK(firsts.size() == static_cast<std::size_t>(streams));
  CHECK(Rng::stream(1, Purpose::link, {2, 3}) == Rng::stream(1, Purpose::link, {2, 3}));
  CHECK_FALSE(Rng::stream(1, Purpose::link, {2, 3}) == Rng::stream(1, Purpose::link, {3, 2}));
}

TEST_CASE("streams keep their numbers from version to version") {
  CHECK(Rng::stream(1, Purpose::node, {0}).next() == 7291561757744796048ULL);
  CHECK(Rng::stream(7, Purpose::link, {1, 2}).next() == 851544356543031263ULL);
  CHECK(Rng::stream(7, Purpose::fault, {}).next() == 14923484912600349010ULL);
}
