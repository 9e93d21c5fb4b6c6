#include "core/order/replication.hpp"

#include <catch2/catch.hpp>

#include "core/base/rng.hpp"
#include "core/order/catch_up.hpp"
#include "core/order/decided.hpp"
#include "tests/core/logs.hpp"

using core::EventId;
using core::Member;
using core::Replication;
using core::Seq;

TEST_CASE("held_by equals counting who has each entry") {
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const std::size_t n = 1 + rng.below(9);
    const auto self = static_cast<Member>(rng.below(n));
    const core::Log log{tests::entries(std::vector<core::Epoch>(1 + rng.below(20), 1))};
    Replication replication{n, 1};
    std::vector<Seq> matched(n, 0);
    for (int step = 0; step < 20; ++step) {
      const auto member = static_cast<Member>(rng.below(n));
      const Seq seq = rng.below(log.size() + 3);
      const bool news = seq > matched[member] && seq <= log.size();  // else old, or about another log
      REQUIRE(replication.acknowledge(log, member, seq) == news);
      if (news) matched[member] = seq;
    }
    matched[self] = log.size();
    for (std::size_t quorum = 1; quorum <= n; ++quorum) {
      Seq expected = 0;
      for (Seq seq = 1; seq <= log.size(); ++seq)
        if (std::ranges::count_if(matched, [&](Seq its) { return its >= seq; }) >= static_cast<std::ptrdiff_t>(quorum))
          expected = seq;
      REQUIRE(replication.held_by(quorum, core::MemberSet::all(n), self, log.size()) == expected);
    }
  }
}

TEST_CASE("what a follower acknowledges is no longer in flight and is never sent again") {
  const core::Log log{tests::entries({1, 1, 1, 2, 2})};
  Replication replication{3, 4};  // the leader of epoch 2 begins with its own entries
  Replication::Progress& p = replication.of(1);
  p.next = 6;
  p.in_flight = core::size_of(*log.at(4).event) + core::size_of(*log.at(5).event);
  CHECK(replication.acknowledge(log, 1, 4));
  CHECK(p.in_flight == core::size_of(*log.at(5).event));
  CHECK(replication.acknowledge(log, 1, 5));
  CHECK(p.in_flight == 0);
  CHECK(p.next == 6);
  CHECK_FALSE(replication.acknowledge(log, 1, 5));
}

TEST_CASE("what is under way is counted anew when the log has dropped some of it") {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    core::Log log{tests::entries(std::vector<core::Epoch>(40, 1))};
    Replication replication{2, 1 + rng.below(5)};
    Replication::Progress& p = replication.of(1);
    for (int step = 0; step < 30; ++step) {
      const std::uint64_t dice = rng.below(3);
      if (dice == 0 && p.next <= log.size() && p.next > log.base().seq)
        p.in_flight += core::size_of(*log.at(p.next++).event);
      if (dice == 1) log.begin_after(log.point_at(log.base().seq + rng.below((log.size() - log.base().seq) / 3 + 1)));
      const Seq before = p.matched;
      if (dice != 2 || !replication.acknowledge(log, 1, before + rng.below(5))) continue;
      REQUIRE(p.next > p.matched);
      std::size_t under_way = 0;
      for (Seq seq = std::max({p.matched, p.base - 1, log.base().seq}) + 1; seq < p.next; ++seq)
        under_way += core::size_of(*log.at(seq).event);
      REQUIRE(p.in_flight == under_way);
    }
  }
}

TEST_CASE("nothing is known of who has lost its memory") {
  const core::Log log{tests::entries({1, 1, 1})};
  Replication replication{3, 1};
  REQUIRE(replication.acknowledge(log, 1, 3));
  REQUIRE(replication.held_by(2, core::MemberSet::all(3), 0, 3) == 3);
  replication.lost(1, 4);
  CHECK(replication.held_by(2, core::MemberSet::all(3), 0, 3) == 0);
  CHECK(replication.acknowledge(log, 1, 2));
  CHECK(replication.held_by(2, core::MemberSet::all(3), 0, 3) == 2);
}

TEST_CASE("only voters count") {
  const core::Log log{tests::entries({1, 1, 1})};
  Replication replication{3, 1};
  replication.acknowledge(log, 1, 3);
  core::MemberSet voters{3};
  voters.insert(0), voters.insert(2);
  CHECK(replication.held_by(2, voters, 0, 3) == 0);
  replication.acknowledge(log, 2, 2);
  CHECK(replication.held_by(2, voters, 0, 3) == 2);
  CHECK(replication.held_by(3, voters, 0, 3) == 0);  // there are not so many
}

TEST_CASE("the earliest repeat is the one that is due") {
  Replication replication{2, 4};
  CHECK(replication.due() == core::Instant::never());
  replication.of(1).repeat.arm({5}, {7});
  CHECK(replication.due() == core::Instant{12});
}

TEST_CASE("decided: contiguous numbers per origin, rejections use one up") {
  core::Decided decided;
  const auto ordered = [&](EventId id) {
    decided.apply({.id = id, .depends_on = {}, .type = "test", .payload = "", .rejects = {}});
  };
  const auto rejected = [&](EventId id) {
    decided.apply({.id = EventId::made_in(7, 2),
                   .depends_on = {},
                   .type = std::string{core::kRejected},
                   .payload = "why",
                   .rejects = id});
  };
  ordered({1, 1});
  rejected({1, 2});
  ordered({1, 3});
  ordered({2, 1});
  decided.apply({.id = EventId::made_in(7, 1),
                 .depends_on = {},
                 .type = std::string{core::kEpochStarted},
                 .payload = "",
                 .rejects = {}});
  CHECK(decided.last_of(1) == 3);
  CHECK(decided.last_of(2) == 1);
  CHECK(decided.last_of(EventId::made_in(7, 1).origin) == 0);  // the group's own entries are no origin's
  CHECK(decided.ordered({1, 1}));
  CHECK_FALSE(decided.ordered({1, 2}));
  CHECK(decided.rejected({1, 2}));
  CHECK(decided.ordered({1, 3}));
  CHECK_FALSE(decided.ordered({1, 4}));
  CHECK_FALSE(decided.ordered({3, 1}));
  ordered({1, 2});  // a second verdict changes nothing that was decided
  CHECK(decided.last_of(1) == 3);
  CHECK(decided.rejected({1, 2}));
}

TEST_CASE("what comes early is kept until what it follows is here, within a bound") {
  core::CatchUp catch_up;
  const auto piece = [](Seq after) {
    return core::Order{.epoch = 1, .leader = 0, .previous = {1, after}, .entries = {}, .commit = 0};
  };
  core::Order out;
  for (const Seq after : {7U, 3U, 5U, 3U}) catch_up.keep(piece(after));
  const auto log = [](std::vector<core::Epoch> epochs) { return core::Log{tests::entries(epochs)}; };
  CHECK_FALSE(catch_up.take(log({1, 1}), out));
  CHECK(catch_up.gap_end(2) == 3);
  CHECK(catch_up.gap_end(3) == 3);                                 // a log of three that did not connect
  CHECK_FALSE(catch_up.take(log({0, 0, 0, 0, 0, 0, 0, 0}), out));  // long enough, but another log
  CHECK(catch_up.take(log({1, 1, 1}), out));
  CHECK(out.previous.seq == 3);
  CHECK_FALSE(catch_up.take(log({1, 1, 1, 1}), out));
  CHECK(catch_up.take(log({1, 1, 1, 1, 1, 1, 1, 1}), out));
  CHECK(out.previous.seq == 5);
  CHECK(catch_up.take(log({1, 1, 1, 1, 1, 1, 1, 1}), out));
  CHECK_FALSE(catch_up.take(log({1, 1, 1, 1, 1, 1, 1, 1}), out));
  CHECK(catch_up.gap_end(0) == 0);
  CHECK(catch_up.early_bytes == 0);
  for (Seq after = 1; after < 100'000; ++after) catch_up.keep(piece(after));
  CHECK(catch_up.early_bytes <= core::CatchUp::kEarlyBytes);
  CHECK(catch_up.early.size() < 99'999);
}
