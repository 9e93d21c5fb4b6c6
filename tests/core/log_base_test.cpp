// A log whose beginning was dropped equals the whole one wherever that can be asked.
#include <algorithm>
#include <catch2/catch.hpp>
#include <span>

#include "tests/core/logs.hpp"

using core::Entry;
using core::Log;
using core::Point;
using core::Seq;

namespace {

Seq common(const Log& a, const Log& b) {
  Seq seq = 0;
  while (seq < std::min(a.size(), b.size()) && a.at(seq + 1) == b.at(seq + 1)) ++seq;
  return seq;
}

Log dropped(Log log, Seq base) {
  log.begin_after(log.point_at(base));
  return log;
}

}  // namespace

TEST_CASE("a log without its beginning answers like the whole") {
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const Log whole = tests::random_logs(rng, 2, 5)[0];
    const Seq base = rng.below(whole.size() + 1);
    const Log log = dropped(whole, base);
    REQUIRE(log.base() == whole.point_at(base));
    REQUIRE(log.size() == whole.size());
    REQUIRE(log.last() == whole.last());
    for (Seq seq = base; seq <= whole.size(); ++seq) {
      REQUIRE(log.point_at(seq) == whole.point_at(seq));
      if (seq > base) REQUIRE(log.at(seq) == whole.at(seq));
      REQUIRE(log.piece(seq, whole.size() - 1, 150) == whole.piece(seq, whole.size() - 1, 150));
    }
    for (core::Epoch epoch = 0; epoch < 7; ++epoch)
      for (Seq seq = 0; seq < 14; ++seq) {
        const Point point{epoch, seq};
        REQUIRE(log.has(point) == (seq < base || whole.has(point)));
        REQUIRE(log.may_meet(point) == (seq >= base && epoch >= log.base().epoch));
        REQUIRE(log.floor(point) == (log.may_meet(point) ? whole.floor(point) : log.base()));
      }
  }
}

TEST_CASE("writing goes on from a log without its beginning as from the whole") {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::vector<Log> logs = tests::random_logs(rng, 2, 5);
    const Seq shared = common(logs[0], logs[1]);
    const Log log = dropped(logs[0], rng.below(shared + 1));  // only what is equal everywhere is ever dropped
    const std::vector<Entry> theirs = logs[1].piece(rng.below(shared + 1), logs[1].size(), SIZE_MAX);
    const std::size_t first = log.first_new(theirs);
    REQUIRE(first == logs[0].first_new(theirs));
    if (first == theirs.size()) continue;
    Log merged = log;
    merged.write(std::span{theirs}.subspan(first));
    REQUIRE(merged == dropped(logs[1], log.base().seq));
  }
}

TEST_CASE("a log begins anew where it does not have what a state ends with") {
  const Log log{tests::entries({1, 1, 2, 2})};
  const auto after = [&](Point base) {
    Log copy = log;
    copy.begin_after(base);
    return copy;
  };
  CHECK(after({1, 2}).size() == 4);
  CHECK(after({2, 4}).last() == Point{2, 4});
  for (const Point elsewhere : {Point{2, 2}, Point{3, 4}, Point{2, 9}}) {
    CHECK(after(elsewhere).size() == elsewhere.seq);
    CHECK(after(elsewhere).last() == elsewhere);
    CHECK(after(elsewhere).base() == elsewhere);
  }
  Log later = after({2, 3});
  const Log before = later;
  later.begin_after({1, 2});  // it begins later already
  CHECK(later == before);
}

TEST_CASE(
    "two logs without their beginnings find their last common place, if neither has dropped more than is shared") {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::vector<Log> logs = tests::random_logs(rng, 2, 8);
    const Seq shared = common(logs[0], logs[1]);
    const Log asks = dropped(logs[0], rng.below(shared + 1)), answers = dropped(logs[1], rng.below(shared + 1));
    Point have = asks.floor(answers.last());
    int rounds = 0;
    for (;; ++rounds) {
      REQUIRE(rounds <= 9);
      REQUIRE(answers.may_meet(have));
      const Point previous = answers.floor(have);
      if (asks.has(previous)) {
        REQUIRE(previous.seq <= std::max(shared, asks.base().seq));
        break;
      }
      have = asks.floor(previous);
    }
  }
}
