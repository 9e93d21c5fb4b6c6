#include "core/order/log.hpp"

#include <catch2/catch.hpp>
#include <span>

#include "core/base/rng.hpp"
#include "tests/core/logs.hpp"

using core::Entry;
using core::Log;
using core::Point;
using core::Seq;

namespace {

std::vector<Entry> entries_of(const Log& log) {
  return log.piece(0, log.size(), SIZE_MAX);
}

// The latest place of `log` that is not behind `point`, found by trying all.
Point naive_floor(const Log& log, Point point) {
  Point best;
  for (Seq seq = 1; seq <= std::min(log.size(), point.seq); ++seq)
    if (log.at(seq).epoch <= point.epoch) best = log.point_at(seq);
  return best;
}

Seq naive_common(const Log& a, const Log& b) {
  Seq common = 0;
  for (Seq seq = 1; seq <= std::min(a.size(), b.size()) && a.at(seq) == b.at(seq); ++seq) common = seq;
  return common;
}

}  // namespace

TEST_CASE("the beginning is a place in every log") {
  Log log;
  CHECK(log.last() == Point{});
  CHECK(log.has({}));
  CHECK_FALSE(log.has({1, 1}));
  CHECK(log.floor({9, 9}) == Point{});
  CHECK(log.piece(0, 9, 100).empty());
  log.write(tests::entries({1, 1, 3}));
  CHECK(log.has({}));
  CHECK_FALSE(log.has({1, 0}));  // nothing of epoch 1 is at the beginning
  CHECK(log.last() == Point{3, 3});
}

TEST_CASE("a piece ends after its last, or after about so many bytes, but is never empty in vain") {
  const Log log{tests::entries({1, 1, 2, 2, 2})};
  const std::size_t each = core::size_of(*log.at(1).event);
  CHECK(log.piece(1, 3, SIZE_MAX).size() == 2);
  CHECK(log.piece(1, 3, SIZE_MAX).front().seq == 2);
  CHECK(log.piece(0, 99, SIZE_MAX).size() == 5);
  CHECK(log.piece(0, 5, 1).size() == 1);
  CHECK(log.piece(0, 5, 2 * each).size() == 2);
  CHECK(log.piece(0, 5, 2 * each + 1).size() == 3);
  CHECK(log.piece(5, 5, SIZE_MAX).empty());
}

TEST_CASE("floor, has, first_new and write equal a search through everything") {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::vector<Log> logs = tests::random_logs(rng, 2, 5);
    const Log &a = logs[0], &b = logs[1];
    for (core::Epoch epoch = 0; epoch < 7; ++epoch)
      for (Seq seq = 0; seq < 14; ++seq) {
        CAPTURE(epoch, seq);
        REQUIRE(a.floor({epoch, seq}) == naive_floor(a, {epoch, seq}));
        REQUIRE(a.has({epoch, seq}) ==
                (seq == 0 ? epoch == 0 : seq <= a.size() && entries_of(a)[seq - 1].epoch == epoch));
      }
    const Seq common = naive_common(a, b);
    const std::vector<Entry> theirs = entries_of(b);
    REQUIRE(a.first_new(theirs) == common);
    if (common == b.size()) continue;
    Log merged = a;
    merged.write(std::span{theirs}.subspan(common));
    REQUIRE(entries_of(merged) == theirs);
  }
}

TEST_CASE("two logs that ask each other for floors find their last common place") {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::vector<Log> logs = tests::random_logs(rng, 2, 8);
    const Log &asks = logs[0], &answers = logs[1];
    const auto rounds_until_met = [&](Point have) {
      for (int rounds = 1; rounds < 20; ++rounds) {
        const Point previous = answers.floor(have);
        if (asks.has(previous)) {
          REQUIRE(previous.seq == naive_common(asks, answers));
          return rounds;
        }
        have = asks.floor(previous);
      }
      return 20;
    };
    CHECK(rounds_until_met(asks.floor(answers.last())) <= 9);  // one for each epoch there can be, and one more
  }
}
