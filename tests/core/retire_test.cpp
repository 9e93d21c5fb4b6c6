// A member that will stop soon hands over what it leads, and stays a voter.
#include <catch2/catch.hpp>

#include "tests/core/watched.hpp"

using core::Duration;
using core::Member;
using tests::Watched;

namespace {

struct Group : Watched {
  explicit Group(std::size_t members) : Watched{tests::group_of(members)} {
    for (Member member = 0; member < cluster.size(); ++member) start(member);
    cluster.settle();
    cluster.run(Duration::s(2));
  }
  [[nodiscard]] bool led_by(Member leader) { return cluster.leader_of_all() == leader; }
};

}  // namespace

TEST_CASE("a leader that retires is followed by another within a few round trips, and votes on") {
  Group group{3};
  REQUIRE(group.led_by(2));
  group.cluster.retire(2);
  REQUIRE(group.cluster.run_until(Duration::ms(100), [&] { return group.led_by(1); }));
  CHECK(group.cluster.node(1).voters().count() == 3);
  group.cluster.run(Duration::s(30));  // nor does it ever want the lead back
  CHECK(group.led_by(1));
  group.submit(0, 5);
  REQUIRE(group.agree(3));
}

TEST_CASE("who retires takes no more submissions") {
  Group group{3};
  group.cluster.retire(0);
  core::Effects effects;
  CHECK(group.cluster.node(0).submit(group.cluster.now(), {{}, "message", ""}, effects).number == 0);
  REQUIRE(effects.facts().size() == 1);
  CHECK(effects.facts().front().kind == core::Kind::reject);
}

TEST_CASE("who retires leads on while nobody else can, until its end") {
  Group group{3};
  group.cluster.crash(0);
  group.cluster.retire(1);
  group.cluster.retire(2);
  group.cluster.run(Duration::s(5));
  CHECK(group.led_by(2));
}
