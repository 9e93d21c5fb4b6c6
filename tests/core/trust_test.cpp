// When a leader that was given up is trusted again: not for what others had already on their way when it died.
#include <catch2/catch.hpp>

#include "tests/core/cluster.hpp"

using core::Member;

namespace {

constexpr Member kNode = 0, kOther = 1, kLeader = 2;

// A group of three in which kNode has just seen its link to the leader break.
struct Bereaved {
  tests::Cluster cluster{tests::group_of(3)};
  core::Heartbeat last;  // as the leader would say it

  Bereaved() {
    cluster.start_all();
    REQUIRE(cluster.settle() == kLeader);
    cluster.run(core::Duration::s(1));
    cluster.route = [](const tests::Flight&) { return std::nullopt; };
    last.leader = kLeader;
    last.epoch = cluster.node(kNode).epoch();
    last.beat = 1'000;
    tell(kLeader, last);
    REQUIRE(cluster.node(kNode).leader() == kLeader);
    cluster.link_down(kNode, kLeader);
    REQUIRE(cluster.node(kNode).leader() == core::kNobody);
  }
  void tell(Member from, const core::Heartbeat& beat) {
    cluster.receive(kNode, {.from = from, .body = beat, .sent = cluster.now()});
  }
  core::Heartbeat newer(std::uint64_t by) const {
    core::Heartbeat beat = last;
    beat.beat += by;
    return beat;
  }
  Member trusted() { return cluster.node(kNode).leader(); }
};

}  // namespace

TEST_CASE("a newer beat by one who trusts the leader no more proves nothing, nor does who repeats it") {
  Bereaved node;
  core::Heartbeat doubt = node.newer(5);
  doubt.leader = core::kNobody;
  node.tell(kOther, doubt);
  CHECK(node.trusted() == core::kNobody);
  node.tell(kOther, node.newer(5));
  CHECK(node.trusted() == core::kNobody);
  node.tell(kOther, node.newer(6));
  CHECK(node.trusted() == kLeader);
}

TEST_CASE("a beat passed on may have been on its way: only the second newer one counts") {
  Bereaved node;
  node.tell(kOther, node.newer(1));
  CHECK(node.trusted() == core::kNobody);
  node.tell(kOther, node.newer(2));
  CHECK(node.trusted() == kLeader);
}

TEST_CASE("the leader's own word is enough") {
  Bereaved node;
  node.tell(kLeader, node.newer(1));
  CHECK(node.trusted() == kLeader);
}
