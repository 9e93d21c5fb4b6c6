#include <catch2/catch.hpp>

#include "tests/sim/records.hpp"

using namespace records;
using Names = std::set<std::string>;

namespace {

constexpr EventId a1 = EventId::of(n1, 1), b1 = EventId::of(n2, 1);
constexpr EventId own1 = EventId::made_in(1, 1), own2 = EventId::made_in(1, 2);

}  // namespace

TEST_CASE("durability: what was acknowledged stays, with its number") {
  Tape tape{3};
  tape.start_all().submit(a1).submit(b1);
  SECTION("acknowledged and delivered everywhere") {
    tape.deliver({n1, n2, n3}, 1, a1).ack(a1, 1).deliver({n1, n2, n3}, 2, b1);
    CHECK(tape.broken().empty());
  }
  SECTION("nobody ever delivers it") {
    tape.ack(a1, 1);
    CHECK(tape.broken() == Names{"durability"});
    CHECK(tape.fresh[0].detail == "n1:1, acknowledged at number 1, was never delivered by anybody");
  }
  SECTION("another event takes its place, at a node that never had it") {
    tape.deliver(n1, 1, a1).ack(a1, 1).deliver(n2, 1, b1);
    CHECK(tape.broken() == Names{"durability", "prefix_agreement"});
  }
  SECTION("acknowledged at a number that holds another") {
    tape.deliver(n1, 1, b1).ack(a1, 1).deliver(n1, 2, a1);
    CHECK(tape.broken() == Names{"durability"});
  }
  SECTION("acknowledged at another number than it has") {
    tape.deliver(n1, 1, a1).ack(a1, 2);
    CHECK(tape.broken() == Names{"durability"});
    CHECK(tape.fresh[0].detail == "n1:1, acknowledged at number 2, is delivered at number 1");
  }
  SECTION("acknowledged twice, with two numbers") {
    tape.deliver(n1, 1, a1).ack(a1, 1).ack(a1, 2);
    CHECK(tape.broken() == Names{"durability"});
  }
  SECTION("acknowledged twice, before and after a restart") {
    tape.deliver(n1, 1, a1).ack(a1, 1).crash(n1).restart(n1).deliver(n1, 1, a1).ack(a1, 1);
    CHECK(tape.broken() == Names{"durability"});
    CHECK(tape.fresh[0].detail == "n1:1, acknowledged at number 1, is acknowledged again at number 1");
  }
  SECTION("renumbered afterwards") {
    tape.deliver(n1, 1, a1).ack(a1, 1).deliver(n2, 1, own1).deliver(n2, 2, a1);
    CHECK(tape.broken().count("durability") == 1);
  }
  SECTION("rejected afterwards") {
    tape.deliver(n1, 1, a1).ack(a1, 1).deliver_rejection(n1, 2, own1, a1);
    CHECK(tape.broken() == Names{"durability", "integrity"});
  }
  SECTION("a node goes on without it") {
    tape.deliver(n1, 1, a1).ack(a1, 1).deliver(n3, 2, b1);
    CHECK(tape.broken() == Names{"durability", "no_gap"});
    CHECK(tape.fresh.back().detail ==
          "n1:1, acknowledged at number 1, is missing at n3, which has delivered up to number 2");
  }
  SECTION("a node that has not come so far may lack it") {
    tape.deliver(n1, 1, own1).deliver(n1, 2, own2).deliver(n1, 3, a1).ack(a1, 3).deliver(n3, 1, own1);
    CHECK(tape.broken().empty());
  }
  SECTION("a restarted node may have to learn it again") {
    tape.deliver({n1, n2}, 1, a1).ack(a1, 1).crash(n2).restart(n2, 0);
    CHECK(tape.broken().empty());
  }
}
