// Rules of a single node that no story shows: what it must refuse, ignore or say loudly.
#include <catch2/catch.hpp>

#include "tests/core/cluster.hpp"
#include "tests/core/logs.hpp"

using core::Duration;
using core::Effects;
using core::Instant;
using core::Kind;
using core::Member;
using core::Message;
using core::Node;
using core::Order;
using core::Point;

namespace {

template <class Body>
std::vector<Body> sent(Effects& out) {
  std::vector<Body> found;
  for (const core::Effect& effect : out.list())
    if (effect.kind == core::Effect::Kind::send)
      if (const Body* body = std::get_if<Body>(&out.messages()[effect.index].body)) found.push_back(*body);
  return found;
}

bool says(const Effects& out, Kind kind) {
  return std::ranges::count(out.facts(), kind, &core::Record::kind) > 0;
}

// n2 of three, following n3 in epoch 2, with three entries of epoch 1 of which it knows one to be the leader's.
struct Follower {
  core::Config config;
  Node node;
  Effects out;
  Instant now{};

  explicit Follower(core::Quorum quorum = core::Quorum::majority) : config{group(quorum)}, node{made()} {
    node.start(now, out);
    receive(2, Order{2, 2, {1, 1}, {}, 0});
    REQUIRE(node.leader() == 2);
  }
  static core::Config group(core::Quorum quorum) {
    core::Config made = tests::group_of(3);
    made.quorum = quorum;
    return made;
  }
  [[nodiscard]] Node made() const {
    core::Durable disk;
    disk.promised = 1;
    disk.log = core::Log{tests::entries({1, 1, 1})};
    return {config, 1, disk, core::Rng{1}};
  }
  void receive(Member from, core::Body body) {
    out.clear();
    node.receive(now, Message{from, std::move(body)}, out);
  }
};

}  // namespace

TEST_CASE("a holder gives no more than it knows to be the leader's") {
  Follower follower;
  follower.receive(0, core::Nack{2, {1, 3}});
  const std::vector<Order> orders = sent<Order>(follower.out);
  REQUIRE(orders.size() == 1);
  CHECK(orders[0].epoch == 2);
  CHECK(orders[0].previous == Point{1, 1});
  CHECK(orders[0].entries.empty());
  follower.receive(0, core::Nack{1, {1, 1}});  // of another epoch
  CHECK(sent<Order>(follower.out).empty());
}

TEST_CASE("a question is not answered again while the answer is on its way") {
  Follower follower;
  const auto answers = [&](const core::Nack& question) {
    follower.receive(0, question);
    return sent<Order>(follower.out).size();
  };
  const core::Instant before = follower.now - core::Duration::ms(1);
  CHECK(answers({2, {1, 1}, 3, before}) == 1);
  CHECK(answers({2, {1, 1}, 3, before}) == 0);
  CHECK(answers({2, {1, 1}, 3, follower.now}) == 1);  // what was sent with the answer or later has come: it is lost
  CHECK(answers({2, {1, 1}, 3, before}) == 0);
  CHECK(answers({2, {}, 3, before}) == 1);  // another question
}

TEST_CASE("only who has this node's vote may fetch its log") {
  Follower follower;
  follower.receive(0, core::Fetch{2, {}});
  CHECK(sent<core::Entries>(follower.out).empty());
}

TEST_CASE("an ORDER of another leader or a lower epoch changes nothing") {
  Follower follower;
  const core::Digest before = follower.node.digest();
  follower.receive(0, Order{2, 0, {1, 1}, {{2, 2, tests::event_at(2, 2)}}, 2});
  CHECK(follower.node.log().last() == Point{1, 3});
  follower.receive(0, Order{1, 0, {1, 1}, {{2, 1, tests::event_at(1, 2)}}, 2});
  CHECK(follower.node.log().last() == Point{1, 3});
  CHECK(follower.node.commit() == 0);
  follower.receive(2, Order{2, 2, {1, 1}, {{2, 2, tests::event_at(2, 2)}}, 2});
  CHECK(follower.node.log().last() == Point{2, 2});  // cut where it conflicts
  CHECK(follower.node.commit() == 2);
  CHECK_FALSE(follower.node.digest() == before);
}

TEST_CASE("a log is never cut because a message ends earlier") {
  Follower follower;
  follower.receive(2, Order{2, 2, {}, tests::entries({1, 1}), 0});
  CHECK(follower.node.log().last() == Point{1, 3});
  follower.receive(2, core::Coordinator{2, 5});
  CHECK(follower.node.log().last() == Point{1, 3});
}

TEST_CASE("a committed entry is never replaced: the node stops and says so") {
  Follower follower;
  follower.receive(2, Order{2, 2, {1, 3}, {}, 3});
  REQUIRE(follower.node.commit() == 3);
  follower.receive(2, Order{2, 2, {1, 2}, {{3, 2, tests::event_at(2, 3)}}, 3});
  CHECK(says(follower.out, Kind::violation));
  CHECK(says(follower.out, Kind::crash));
  CHECK(follower.node.log().last() == Point{1, 3});
  CHECK(follower.node.next_wake() == Instant::never());
  follower.receive(2, core::Election{});
  CHECK(follower.out.list().empty());  // it has stopped
}

TEST_CASE("two leaders in one epoch") {
  const core::Heartbeat rival{.leader = 0, .epoch = 2, .beat = 9, .hears = core::MemberSet{3}, .last = {}};
  SECTION("are a breach that stops the node") {
    Follower follower;
    follower.receive(0, rival);
    CHECK(says(follower.out, Kind::violation));
  }
  SECTION("happen without a quorum: the higher one is followed") {
    Follower follower{core::Quorum::none};
    follower.receive(0, rival);
    CHECK_FALSE(says(follower.out, Kind::violation));
    CHECK(follower.node.leader() == 2);
  }
}

TEST_CASE("a node that was asleep itself blames nobody for two heartbeats") {
  tests::Cluster cluster{tests::group_of(3)};
  cluster.start_all();
  cluster.settle();
  cluster.run(Duration::s(1));
  Node sleeper = cluster.node(0);
  Effects out;
  const Instant morning = cluster.now() + Duration::s(30);
  sleeper.wake(morning, out);
  CHECK_FALSE(says(out, Kind::suspect));
  CHECK(sleeper.leader() == 2);
  const auto wake_until = [&](Instant end) {
    while (sleeper.next_wake() <= end) sleeper.wake(sleeper.next_wake(), out);
  };
  wake_until(morning + Duration::ms(200) - Duration{1});
  CHECK_FALSE(says(out, Kind::suspect));
  CHECK(sleeper.leader() == 2);
  wake_until(morning + Duration::ms(200));
  CHECK(says(out, Kind::suspect));
  CHECK(sleeper.leader() == core::kNobody);
}

TEST_CASE("what does not fit is rejected, never dropped in silence") {
  tests::Cluster cluster{tests::group_of(3)};
  cluster.start(0);  // cut off from any leader
  for (std::size_t i = 1; i <= core::Outbox::kMostEvents; ++i) REQUIRE(cluster.submit(0).number == i);
  bool told = false;
  cluster.watch = [&](const tests::Step& step) {
    told = says(step.effects, Kind::reject) && step.effects.facts().front().more->text == "overloaded";
  };
  CHECK(cluster.submit(0) == core::EventId{});
  CHECK(told);
}

TEST_CASE("a leader that promises another epoch, or leads long enough, leaves its traces") {
  tests::Cluster cluster{tests::group_of(3)};
  cluster.start(0);
  cluster.start(1);
  REQUIRE(cluster.settle() == 1);
  SECTION("it tells that its epoch is gone") {
    cluster.receive(1, {2, core::Claim{2}});
    core::Epoch gone = 0;
    cluster.watch = [&](const tests::Step& step) {
      for (const auto& beat : sent<core::Heartbeat>(step.effects)) gone = step.member == 1 ? beat.gone : gone;
    };
    cluster.run(Duration::ms(100));
    CHECK(gone == 1);
  }
  SECTION("its restraint is back to one heartbeat after twice election_timeout") {
    cluster.crash(1);
    cluster.start(1);
    CHECK(cluster.disk(1).restraint == Duration::ms(200));
    cluster.settle();
    cluster.run(Duration::ms(9'800));
    CHECK(cluster.disk(1).restraint == Duration::ms(200));
    cluster.run(Duration::ms(400));
    CHECK(cluster.disk(1).restraint == Duration::ms(100));
  }
}

TEST_CASE("who claimed an epoch that another came to lead does not declare it gone when it starts again") {
  const core::Config config = tests::group_of(3);
  core::Durable disk;
  disk.apply(core::PromiseMade{.epoch = 4, .to = 1});  // n2's own claim
  Effects out;
  Node rival{config, 1, disk, core::Rng{1}};
  rival.receive({1}, {2, core::Coordinator{.epoch = 4, .beat = 1}}, out);
  for (const core::Effect& effect : out.list())
    if (effect.kind == core::Effect::Kind::persist) disk.apply(out.persists()[effect.index]);
  out.clear();
  Node again{config, 1, disk, core::Rng{2}};
  again.start({2}, out);
  again.wake(again.due(core::Timer::heartbeat), out);
  const auto beats = sent<core::Heartbeat>(out);
  REQUIRE_FALSE(beats.empty());
  CHECK(beats.front().gone == 0);
}

TEST_CASE("pieces that do not hang together are ignored") {
  Follower follower;
  const core::Digest before = follower.node.digest();
  auto torn = tests::entries({1, 1, 1, 2, 2});
  torn.erase(torn.begin() + 3);
  for (const Point previous : {Point{1, 3}, Point{0, 0}, Point{1, 1}}) {
    Effects out;
    follower.node.receive(follower.now, {2, Order{2, 2, previous, {torn.begin() + 1, torn.end()}, 0}}, out);
    CHECK(follower.node.log().size() == 3);
    CHECK(sent<core::Ack>(out).empty());
  }
  CHECK(follower.node.digest() == before);
}
