// A node that followed an epoch and then, for a claim of its own, fetched another log, is no holder any more.
#include <catch2/catch.hpp>
#include "tests/core/cluster.hpp"
#include "tests/core/logs.hpp"

using namespace core;

TEST_CASE("a holder gives in an epoch's ORDER only what that epoch's leader has ordered") {
  const Config config = tests::group_of(5);
  Node x{config, 3, Durable{}, Rng{1}};  // n4 follows n5 in epoch 1 and matches three entries of it
  Effects out;
  Instant now;
  x.start(now, out);
  const auto from_leader = tests::entries({1, 1, 1});
  x.receive(now, {4, Order{1, 4, {}, from_leader, 0}}, out);
  REQUIRE(x.log().size() == 3);
  // n5 is gone; n4 claims and fetches a log of epoch 2 that parts from its own after entry 1.
  const auto hears = [&](Member peer) {
    Heartbeat beat{.promised = 2, .hears = MemberSet{5}, .last = {}};
    beat.hears.insert(3);
    x.receive(now, {peer, beat}, out);
  };
  for (Member peer = 0; peer < 3; ++peer) hears(peer);
  x.link_down(now, 4, out);
  x.wake(now, out);
  REQUIRE(x.role() == Role::claiming);
  x.receive(now, {0, Promise{x.epoch(), {2, 5}}}, out);
  x.receive(now, {1, Promise{x.epoch(), {0, 0}}}, out);
  const auto other = tests::entries({1, 2, 2, 2, 2});
  x.receive(now, {0, Entries{x.epoch(), {1, 1}, {other[1], other[2]}}}, out);  // the first piece
  REQUIRE(x.log().last() == Point{2, 3});
  out.clear();
  x.receive(now, {2, Nack{1, {1, 1}}}, out);  // n3 still follows n5 in epoch 1
  for (const Message& message : out.messages()) {
    if (message.type() != MessageType::order) continue;
    for (const Entry& entry : std::get<Order>(message.body).entries) CHECK(entry.epoch <= 1);
  }
}
