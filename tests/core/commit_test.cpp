// What counts for a commit: the leader's own epoch, acknowledged in that epoch.
#include <catch2/catch.hpp>

#include "tests/core/cluster.hpp"
#include "tests/core/logs.hpp"

using core::Ack;
using core::Duration;
using core::Member;
using tests::Cluster;

namespace {

constexpr Member kFollower = 0, kLeader = 2;

// n3 leads epoch 2 with two entries of epoch 1 in its log, committed or not; no other log is known to have them.
// The followers' own words do not reach it.
void lead_with_old_entries(Cluster& cluster) {
  cluster.disk(kLeader).promised = 1;
  cluster.disk(kLeader).log = core::Log{tests::entries({1, 1})};
  cluster.route = [](const tests::Flight& flight) -> std::optional<Duration> {
    if (flight.message.type() == core::MessageType::ack) return std::nullopt;
    return Duration::ms(1);
  };
  cluster.start_all();
  REQUIRE(cluster.run_until(Duration::s(3), [&] { return cluster.node(kLeader).role() == core::Role::leader; }));
  REQUIRE(cluster.node(kLeader).epoch() == 2);
  REQUIRE(cluster.node(kLeader).log().size() == 3);
}

core::Seq commit_after(Cluster& cluster, Ack ack) {
  cluster.receive(kLeader, {kFollower, ack});
  return cluster.node(kLeader).commit();
}

}  // namespace

// An entry of an earlier epoch may be on a quorum and still be cut by a better log elsewhere (Raft, Figure 8), so it
// commits only together with one of the leader's own epoch.
TEST_CASE("entries of earlier epochs commit only with one of the leader's own") {
  Cluster cluster{tests::group_of(3)};
  lead_with_old_entries(cluster);
  CHECK(commit_after(cluster, {.epoch = 2, .voter = kFollower, .hops = 0, .matched = 2}) == 0);
  CHECK(commit_after(cluster, {.epoch = 2, .voter = kFollower, .hops = 0, .matched = 3}) == 3);
}

TEST_CASE("what does not count for a commit") {
  Cluster cluster{tests::group_of(3)};
  lead_with_old_entries(cluster);
  SECTION("an ACK of another epoch") {
    CHECK(commit_after(cluster, {.epoch = 1, .voter = kFollower, .hops = 0, .matched = 3}) == 0);
    CHECK(commit_after(cluster, {.epoch = 3, .voter = kFollower, .hops = 0, .matched = 3}) == 0);
  }
  SECTION("an ACK beyond the log") {
    CHECK(commit_after(cluster, {.epoch = 2, .voter = kFollower, .hops = 0, .matched = 4}) == 0);
  }
  SECTION("an ACK in the leader's own name, or in nobody's") {
    CHECK(commit_after(cluster, {.epoch = 2, .voter = kLeader, .hops = 1, .matched = 3}) == 0);
    CHECK(commit_after(cluster, {.epoch = 2, .voter = 7, .hops = 1, .matched = 3}) == 0);
  }
  CHECK(commit_after(cluster, {.epoch = 2, .voter = 1, .hops = 1, .matched = 3}) == 3);  // a relayed one does
}

// Two bounds without progress are 1.2 s. What the others hold already need not commit to be progress.
TEST_CASE("a quorum that is catching up is progress") {
  Cluster cluster{tests::group_of(3)};
  lead_with_old_entries(cluster);
  for (const core::Seq matched : {core::Seq{1}, core::Seq{2}}) {
    cluster.run(Duration::s(1));
    CHECK(commit_after(cluster, {.epoch = 2, .voter = kFollower, .hops = 0, .matched = matched}) == 0);
  }
  cluster.run(Duration::s(1));
  CHECK(cluster.node(kLeader).role() == core::Role::leader);
  CHECK(cluster.node(kLeader).epoch() == 2);
  SECTION("it goes on") {
    CHECK(commit_after(cluster, {.epoch = 2, .voter = kFollower, .hops = 0, .matched = 3}) == 3);
  }
  SECTION("it comes to a halt") {
    REQUIRE(cluster.run_until(Duration::ms(300), [&] { return cluster.node(kLeader).role() != core::Role::leader; }));
  }
}

TEST_CASE("with quorum none the leader alone commits") {
  core::Config config = tests::group_of(3);
  config.quorum = core::Quorum::none;
  Cluster cluster{config};
  cluster.start(kLeader);
  cluster.run(Duration::s(2));
  CHECK(cluster.node(kLeader).role() == core::Role::leader);
  CHECK(cluster.node(kLeader).commit() == 1);
}
