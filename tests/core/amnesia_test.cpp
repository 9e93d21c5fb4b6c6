// Nodes that forget: what they may not do until they know again, and what others may not count.
#include <catch2/catch.hpp>

#include "tests/core/watched.hpp"

using core::Duration;
using core::Effects;
using core::Instant;
using core::Member;
using core::MessageType;
using tests::Flight;
using tests::Watched;

namespace {

struct Group : Watched {
  explicit Group(std::size_t n) : Watched{tests::group_with_joiners(n, 0)} {
    for (Member member = 0; member < n; ++member) start(member);
    cluster.settle();
    submit(0, 10);
  }
  bool recovers(Member member) {
    return cluster.run_until(Duration::s(30), [&] { return cluster.up(member) && !cluster.disk(member).recovering; });
  }
  // Loses what is of these kinds.
  void lose(std::set<MessageType> types) {
    cluster.route = [types](const Flight& flight) -> std::optional<Duration> {
      if (types.contains(flight.message.type())) return std::nullopt;
      return Duration::ms(1);
    };
  }
};

core::Recovery answer(std::uint64_t nonce, core::Epoch promised, core::Epoch leads) {
  return {.nonce = nonce,
          .promised = promised,
          .epoch = leads,
          .beat = 1,
          .last = {promised, 0},
          .voters = core::MemberSet::all(5),
          .memories = {{0, 2}}};
}

}  // namespace

TEST_CASE("who has forgotten recovers from a quorum, and its events begin anew") {
  Group group{3};
  group.forget(0);
  CHECK(group.cluster.node(0).role() == core::Role::recovering);
  REQUIRE(group.recovers(0));
  const core::EventId id = group.cluster.submit(0);
  CHECK(id == core::EventId::of(0, 1, 2));
  REQUIRE(group.agree(3));
  CHECK(group.ledger.ordered() == 11);
  for (Member member = 0; member < 3; ++member) CHECK(core::begins(group.cluster.disk(member).memories, 0) == 2);
}

TEST_CASE("nobody waits for the answer of who has forgotten") {
  Group group{3};
  REQUIRE(group.cluster.leader_of_all() == 2);
  group.forget(2);  // nobody's link breaks: it is there, and would be asked first
  CHECK(group.cluster.run_until(group.cluster.config().timing.answer_timeout / 2,
                                [&] { return group.cluster.node(1).role() == core::Role::leader; }));
}

TEST_CASE("questions and answers that are lost or repeated") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    Group group{5};
    group.cluster.route = [&](const Flight& flight) -> std::optional<Duration> {
      const MessageType type = flight.message.type();
      if (type != MessageType::recover && type != MessageType::recovery) return Duration::ms(1);
      if (rng.below(2) == 0) return std::nullopt;
      return Duration::ms(static_cast<std::int64_t>(rng.below(300)));
    };
    group.forget(0);
    while (group.cluster.disk(0).recovering && group.cluster.now() < Instant{} + Duration::s(60)) {
      group.cluster.run(Duration::ms(20));
      if (!group.cluster.in_flight().empty() && rng.below(3) == 0)
        group.cluster.in_flight().push_back(group.cluster.in_flight()[rng.below(group.cluster.in_flight().size())]);
    }
    REQUIRE(group.recovers(0));
    group.heal();
    REQUIRE(group.agree(5));
  }
}

TEST_CASE("a leader that forgets leads no more until another has led, and comes back") {
  Group group{3};
  const core::Epoch before = group.cluster.node(2).epoch();
  group.forget(2);
  REQUIRE(group.cluster.run_until(Duration::s(10), [&] { return group.cluster.node(1).role() == core::Role::leader; }));
  CHECK(group.cluster.node(1).epoch() > before);
  REQUIRE(group.recovers(2));
  REQUIRE(group.agree(3));
  REQUIRE(group.cluster.run_until(Duration::s(10), [&] { return group.cluster.leader_of_all() == 2; }));
}

TEST_CASE("a minority may forget at once") {
  Group group{5};
  group.forget(0), group.forget(4);
  REQUIRE(group.recovers(0));
  REQUIRE(group.recovers(4));
  REQUIRE(group.agree(5));
  CHECK(group.ledger.ordered() == 10);
}

TEST_CASE("when a quorum has forgotten nobody ever leads again") {
  for (const std::set<Member>& who : {std::set<Member>{0, 1}, std::set<Member>{0, 2}, std::set<Member>{0, 1, 2}}) {
    Group group{3};
    for (const Member member : who) group.forget(member);
    group.cluster.run(Duration::s(60));
    for (Member member = 0; member < 3; ++member) {
      CAPTURE(member);
      CHECK(group.cluster.node(member).role() != core::Role::leader);
      CHECK(group.cluster.disk(member).recovering == who.contains(member));
    }
  }
}

TEST_CASE("the leader may change while somebody recovers") {
  Group group{5};
  group.lose({MessageType::order, MessageType::state_sync});
  group.forget(0);
  REQUIRE(group.cluster.run_until(Duration::s(5), [&] { return group.cluster.node(0).leader() == 4; }));
  CHECK(group.cluster.disk(0).recovering);  // it follows, but lacks the log
  group.cluster.crash(4);
  group.heal();
  REQUIRE(group.recovers(0));
  REQUIRE(group.agree(5));
  CHECK(group.cluster.node(0).leader() == 3);
}

TEST_CASE("a restart does not end a recovery") {
  Group group{3};
  group.lose({MessageType::recovery});
  group.forget(0);
  group.cluster.run(Duration::s(1));
  group.cluster.crash(0);
  group.start(0);
  CHECK(group.cluster.node(0).role() == core::Role::recovering);
  group.heal();
  REQUIRE(group.recovers(0));
  CHECK(group.agree(3));
}

TEST_CASE("who recovers asks on while an answer tells of a promise above its leader's epoch, or none leads") {
  const core::Config config = tests::group_of(5);
  core::Node node{config, 0, core::Durable::forgotten(0, 2), core::Rng{1}};
  Effects out;
  node.start({}, out);
  const std::uint64_t nonce = std::get<core::Recover>(out.messages().at(0).body).nonce;
  const auto follows = [&](Member from, const core::Recovery& told) {
    out.clear();
    node.receive({}, {from, told}, out);
    return node.leader();
  };
  SECTION("of another question") {
    for (Member from = 1; from < 5; ++from)
      CHECK(follows(from, answer(nonce + 1, 3, from == 4 ? 3 : 0)) == core::kNobody);
  }
  SECTION("no leader") {
    for (Member from = 1; from < 5; ++from) CHECK(follows(from, answer(nonce, 3, 0)) == core::kNobody);
  }
  SECTION("too few") {
    CHECK(follows(4, answer(nonce, 3, 3)) == core::kNobody);
    CHECK(follows(1, answer(nonce, 3, 0)) == core::kNobody);
    CHECK(follows(1, answer(nonce, 3, 0)) == core::kNobody);
    CHECK(follows(2, answer(nonce, 3, 0)) == 4);
  }
  SECTION("a higher promise") {
    CHECK(follows(4, answer(nonce, 3, 3)) == core::kNobody);
    CHECK(follows(1, answer(nonce, 5, 0)) == core::kNobody);
    CHECK(follows(2, answer(nonce, 3, 0)) == core::kNobody);
    CHECK(follows(3, answer(nonce, 5, 5)) == 3);  // that epoch's leader is there
  }
  SECTION("an answer that was given before its giver forgot is void") {
    CHECK(follows(4, answer(nonce, 3, 3)) == core::kNobody);
    CHECK(follows(1, answer(nonce, 3, 0)) == core::kNobody);
    core::Recovery later = answer(nonce, 3, 0);
    later.memories = {{0, 2}, {1, 4}};
    CHECK(follows(2, later) == core::kNobody);
    CHECK(follows(3, answer(nonce, 3, 0)) == 4);
  }
}

// The schedule against recovery by a plain quorum (Michael et al., DISC 2017, section 3): n1 promises epoch 2 to n5,
// forgets that, and helps the leader of epoch 1 to commit what n5 has not.
TEST_CASE("a promise that its giver has forgotten does not count") {
  core::Config config = tests::group_with_joiners(5, 0);
  config.takeover = core::Takeover::eager;
  Watched group{config};
  for (Member member = 0; member < 4; ++member) group.start(member);
  REQUIRE(group.cluster.settle() == 3);
  // n5 reaches only n1, whose answer is held back; what n4 orders from now on reaches n1 and n3 only.
  const auto promise_of_n1 = [&] { return tests::flights<core::Promise>(group.cluster, 4); };
  bool claimed = false;
  group.cluster.route = [&](const Flight& flight) -> std::optional<Duration> {
    const MessageType type = flight.message.type();
    claimed = claimed || type == MessageType::claim;
    if (!claimed) return Duration::ms(1);
    if (type == MessageType::promise) return Duration::forever();
    if (flight.from == 4 && (type != MessageType::claim || flight.to != 0)) return std::nullopt;
    if (flight.to == 4 || (flight.to == 1 && type == MessageType::order)) return std::nullopt;
    return Duration::ms(1);
  };
  group.start(4);
  REQUIRE(group.cluster.run_until(Duration::s(10), [&] { return !promise_of_n1().empty(); }));
  REQUIRE(promise_of_n1().size() == 1);
  const core::Epoch epoch = group.cluster.node(4).epoch();
  const core::Message claim{4, core::Claim{epoch}};
  const core::Message forgotten = promise_of_n1()[0]->message;
  group.forget(0);
  REQUIRE(group.cluster.run_until(Duration::ms(500), [&] { return !group.cluster.disk(0).recovering; }));
  const core::EventId id = group.cluster.submit(3);
  const core::Seq seq = group.cluster.node(3).log().size();
  REQUIRE(group.cluster.run_until(Duration::ms(200), [&] { return group.cluster.node(3).commit() == seq; }));
  REQUIRE(group.cluster.node(1).log().size() < seq);
  SECTION("known by the other promise") {}
  SECTION("which survives a restart of its giver") {
    group.cluster.crash(1);
    group.start(1);
  }
  group.cluster.receive(1, claim);
  REQUIRE(promise_of_n1().size() == 2);
  const core::Message other = promise_of_n1()[1]->message;
  REQUIRE(group.cluster.node(4).role() == core::Role::claiming);
  const bool old_first = GENERATE(false, true);
  group.cluster.receive(4, old_first ? forgotten : other);
  group.cluster.receive(4, old_first ? other : forgotten);
  CHECK(group.cluster.node(4).role() == core::Role::claiming);  // two of five, not three
  group.heal();
  std::erase_if(group.cluster.in_flight(), [](const Flight& flight) { return flight.arrives == Instant::never(); });
  REQUIRE(group.agree(5));
  CHECK(group.cluster.leader_of_all() == 4);
  CHECK(group.cluster.node(4).log().at(seq).event->id == id);
}
