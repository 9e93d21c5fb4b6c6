// Who votes: members that join, leave and come back, and what must not be changed when.
#include <catch2/catch.hpp>

#include "core/group/voters.hpp"
#include "tests/core/logs.hpp"
#include "tests/core/watched.hpp"

using core::Duration;
using core::Effects;
using core::Member;
using core::MessageType;
using tests::Flight;
using tests::Watched;

namespace {

struct Group : Watched {
  explicit Group(std::size_t founders, std::size_t joiners = 0) : Group{tests::group_with_joiners(founders, joiners)} {}
  explicit Group(const core::Config& config) : Watched{config} {
    for (Member member = 0; member < cluster.size(); ++member)
      if (config.members[member].founder) start(member);
    cluster.settle();
    cluster.run(Duration::ms(50));
  }
  // Nobody else's log grows any more.
  void lose_orders() {
    cluster.route = [](const Flight& flight) -> std::optional<Duration> {
      if (flight.message.type() == MessageType::order) return std::nullopt;
      return Duration::ms(1);
    };
  }
  bool ends(Member member) {
    return cluster.run_until(Duration::s(30), [&] { return !cluster.up(member); });
  }
  std::size_t changes_in_log(Member member) {
    const core::Log& log = cluster.node(member).log();
    std::size_t count = 0;
    for (core::Seq seq = log.base().seq + 1; seq <= log.size(); ++seq)
      if (log.at(seq).event->type == core::kVotersChanged) ++count;
    return count;
  }
  template <class Body>
  void ask(Member leader, Member from) {
    cluster.receive(leader, {from, Body{cluster.node(leader).epoch()}});
  }
};

core::EventRef voters_entry(core::Epoch epoch, std::uint64_t number, std::string voters) {
  return std::make_shared<const core::Event>(core::Event{.id = core::EventId::made_in(epoch, number),
                                                         .depends_on = {},
                                                         .type = std::string{core::kVotersChanged},
                                                         .payload = std::move(voters),
                                                         .rejects = {}});
}

}  // namespace

TEST_CASE("a new member learns first, then votes, and may lead") {
  Group group{3, 1};
  group.submit(0, 30);
  group.start(3);
  CHECK(group.cluster.node(3).role() == core::Role::learner);
  REQUIRE(group.agree(4));
  CHECK(group.ledger.voter_changes() == 1);
  REQUIRE(group.cluster.run_until(Duration::s(10), [&] { return group.cluster.leader_of_all() == 3; }));
}

TEST_CASE("who asks twice is given one vote") {
  Group group{3, 1};
  group.start(3);
  REQUIRE(group.agree(4));
  const std::size_t before = group.changes_in_log(2);
  group.ask<core::Join>(2, 3);
  group.ask<core::Leave>(2, 2);  // nor does a leader take its own
  CHECK(group.changes_in_log(2) == before);
}

TEST_CASE("no change of the voters before the one before it is committed") {
  Group group{4, 1};
  group.lose_orders();
  group.ask<core::Leave>(3, 0);
  CHECK(group.changes_in_log(3) == 1);
  CHECK(group.cluster.node(3).voters().count() == 3);
  group.ask<core::Leave>(3, 1);
  group.ask<core::Join>(3, 4);
  CHECK(group.changes_in_log(3) == 1);
  group.heal();
  REQUIRE(group.cluster.run_until(Duration::s(5), [&] { return group.ledger.voter_changes() == 1; }));
  group.ask<core::Leave>(3, 1);
  CHECK(group.changes_in_log(3) == 2);
}

// Ongaro, raft-dev 2015: S1 has added S5 to its own list only and is cut off; S2 leads, removes S1 with an entry that
// only S2 and S3 have, which would be enough; then S1 comes back with S4 and S5, enough by its list.
TEST_CASE("no change of the voters before an entry of the leader's own epoch is committed") {
  core::Config config = tests::group_with_joiners(4, 1);
  config.members[4].rank = -1;
  Group group{config};
  group.cluster.route = [](const Flight& flight) -> std::optional<Duration> {
    const bool to_voters = flight.from == 3 && flight.to != 4;
    if (to_voters && flight.message.type() == MessageType::order) return std::nullopt;
    return Duration::ms(1);
  };
  group.start(4);
  REQUIRE(group.cluster.run_until(Duration::s(5), [&] { return group.cluster.node(3).voters().count() == 5; }));
  REQUIRE(group.ledger.voter_changes() == 0);
  group.cluster.route = [](const Flight& flight) -> std::optional<Duration> {
    const bool cut = (flight.from >= 3) != (flight.to >= 3);
    if (cut || flight.message.type() == MessageType::ack) return std::nullopt;
    return Duration::ms(1);
  };
  REQUIRE(group.cluster.run_until(Duration::s(5), [&] { return group.cluster.node(2).role() == core::Role::leader; }));
  group.ask<core::Leave>(2, 3);
  CHECK(group.changes_in_log(2) == 0);
  group.cut_off({3, 4});
  REQUIRE(group.cluster.run_until(Duration::s(1), [&] {
    const core::Node& leader = group.cluster.node(2);
    return leader.log().point_at(leader.commit()).epoch == leader.epoch();
  }));
  group.ask<core::Leave>(2, 3);
  CHECK(group.changes_in_log(2) == 1);
  group.cut_off({1, 2});
  group.cluster.run(Duration::s(5));
  for (const Member member : {Member{0}, Member{3}, Member{4}})  // three of its five, but with what n1 knows it is out
    CHECK(group.cluster.node(member).role() != core::Role::leader);
  group.heal();
  REQUIRE(group.agree(5));  // n4's own list was cut with its log; then n5 and n4 joined one by one
}

TEST_CASE("a change that is cut from the log counts no more") {
  Group group{4};
  group.lose_orders();
  group.ask<core::Leave>(3, 0);
  REQUIRE(group.cluster.node(3).voters().count() == 3);
  group.cut_off({3});
  REQUIRE(group.cluster.run_until(Duration::s(10), [&] { return group.cluster.node(2).role() == core::Role::leader; }));
  group.heal();
  REQUIRE(group.agree(4));
  CHECK(group.ledger.voter_changes() == 0);
}

TEST_CASE("a removed member that has not heard of it leads nobody, whatever it claims") {
  core::Config config = tests::group_with_joiners(4, 0);
  config.takeover = core::Takeover::eager;
  Group group{config};
  group.cut_off({3});
  REQUIRE(group.cluster.run_until(Duration::s(10), [&] { return group.cluster.node(2).role() == core::Role::leader; }));
  group.cluster.run(Duration::s(1));
  group.ask<core::Leave>(2, 3);
  REQUIRE(group.cluster.run_until(Duration::s(5), [&] { return group.ledger.voter_changes() == 1; }));
  group.cluster.route = [](const Flight& flight) -> std::optional<Duration> {
    if (flight.to == 3 && flight.message.type() == MessageType::order) return std::nullopt;
    return Duration::ms(1);
  };
  bool led = false;
  group.cluster.run_until(Duration::s(5), [&] {
    const bool votes = group.cluster.node(3).voters().has(3) && group.ledger.voter_changes() == 1;
    led = led || (group.cluster.node(3).role() == core::Role::leader && votes);
    return led;
  });
  CHECK_FALSE(led);
  group.heal();
  REQUIRE(group.agree(4));
}

TEST_CASE("a leader asked to leave hands over, sees its events decided and ends") {
  Group group{3};
  for (int i = 0; i < 5; ++i) group.cluster.submit(2);
  group.cluster.leave(2);
  CHECK(group.cluster.node(2).role() != core::Role::leader);
  REQUIRE(group.ends(2));
  CHECK(group.cluster.disk(2).pending.empty());
  REQUIRE(group.agree(2));
  CHECK(group.cluster.leader_of_all() == 1);
  CHECK(group.ledger.ordered() == 5);
  SECTION("started again it learns, and joins once more") {
    group.start(2);
    REQUIRE(group.agree(3));
    CHECK(group.ledger.voter_changes() == 2);
  }
  SECTION("so does the next, and the last") {
    group.cluster.leave(1);
    REQUIRE(group.ends(1));
    REQUIRE(group.agree(1));
    group.cluster.leave(0);
    CHECK(group.ends(0));
  }
}

TEST_CASE("a leaving leader hands over to who comes to stay") {
  core::Config config = tests::group_with_joiners(3, 1);
  config.members[3].rank = -1;
  Group group{config};
  group.cluster.leave(0), group.cluster.leave(1);
  group.cut_off({0, 1});
  group.cluster.run(Duration::s(2));
  group.cluster.leave(2);
  group.start(3);
  group.heal();
  for (Member member = 0; member < 3; ++member) CHECK(group.ends(member));
  REQUIRE(group.agree(1));
  CHECK(group.cluster.leader_of_all() == 3);
}

// n1 knows of four voters, two of whom have forgotten: it sees no quorum. n4 and n5, who leave, know of five and do.
TEST_CASE("leaving members lead if those who stay cannot") {
  core::Config config = tests::group_with_joiners(4, 1);
  Group group{config};
  group.cluster.route = [](const Flight& flight) -> std::optional<Duration> {
    const MessageType type = flight.message.type();
    if (flight.to == 0 && (type == MessageType::order || type == MessageType::state_sync)) return std::nullopt;
    return Duration::ms(1);
  };
  group.start(4);
  REQUIRE(group.cluster.run_until(Duration::s(5), [&] { return group.cluster.node(3).voters().count() == 5; }));
  group.cluster.run(Duration::ms(50));
  const Member leader = group.cluster.node(3).leader();
  REQUIRE(leader == 3);
  group.cluster.leave(4);
  group.cluster.crash(3);
  group.forget(1), group.forget(2);
  group.start(3);
  group.cluster.leave(3);
  group.heal();
  REQUIRE(group.ends(4));
  REQUIRE(group.ends(3));
  REQUIRE(group.agree(3));
}

TEST_CASE("leaving members lead while the only one that stays has forgotten") {
  Group group{3};
  group.cluster.run(Duration::s(1));
  group.cluster.route = [](const Flight& flight) -> std::optional<Duration> {
    const MessageType type = flight.message.type();
    if (type == MessageType::leave || type == MessageType::recovery) return std::nullopt;
    return Duration::ms(1);
  };
  group.cluster.leave(1);
  group.forget(0);
  group.cluster.run(Duration::ms(200));
  group.cluster.leave(2);
  group.heal();
  REQUIRE(group.ends(1));
  REQUIRE(group.ends(2));
  REQUIRE(group.agree(1));
}

TEST_CASE("who leaves while it is cut off stays until it can be let go, and takes nothing new") {
  Group group{3};
  group.cut_off({0});
  group.cluster.leave(0);
  group.cluster.run(Duration::s(10));
  REQUIRE(group.cluster.up(0));
  CHECK(group.cluster.submit(0).number == 0);
  group.heal();
  REQUIRE(group.ends(0));
  CHECK(group.agree(2));
}

TEST_CASE("who leaves ends though its removal comes to it within a state") {
  Group group{3};
  group.cluster.leave(0);
  group.cluster.route = [](const Flight& flight) -> std::optional<Duration> {
    if (flight.to == 0 && flight.message.type() == MessageType::order) return std::nullopt;
    return Duration::ms(1);
  };
  REQUIRE(group.cluster.run_until(Duration::s(5), [&] { return group.ledger.voter_changes() == 1; }));
  REQUIRE(group.cluster.up(0));
  group.submit(1, 40);
  group.heal();
  REQUIRE(group.ends(0));
  CHECK(group.ledger.count(core::Kind::snapshot) == 1);
}

TEST_CASE("a learner that leaves sees its events decided first") {
  Group group{3, 1};
  group.cluster.route = [](const Flight& flight) -> std::optional<Duration> {
    if (flight.message.type() == MessageType::join) return std::nullopt;
    return Duration::ms(1);
  };
  group.start(3);
  group.cluster.submit(3);
  group.cluster.leave(3);
  CHECK(group.cluster.up(3));
  REQUIRE(group.ends(3));
  CHECK(group.ledger.ordered() == 1);
  CHECK(group.agree(3));
}

TEST_CASE("a learner without memory can leave") {
  Group group{3, 1};
  group.cut_off({3});
  group.start(3);
  group.forget(3);
  group.cluster.leave(3);
  group.heal();
  CHECK(group.ends(3));
}

TEST_CASE("who leaves ends with the delivery of its own removal, not of an earlier change") {
  const core::Config config = tests::group_of(3);
  core::Node node{config, 1, {}, core::Rng{1}};
  Effects out;
  node.start({}, out);
  node.receive({}, {2, core::Coordinator{1, 1}}, out);
  node.leave({}, out);
  const std::vector<core::Entry> entries{{1, 1, voters_entry(1, 1, "0 1 2")}, {2, 1, voters_entry(1, 2, "0 2")}};
  const auto left = [&](core::Seq commit) {
    out.clear();
    node.receive({}, {2, core::Order{1, 2, {}, entries, commit}}, out);
    return std::ranges::any_of(out.facts(), [](const core::Record& fact) { return fact.left; });
  };
  CHECK_FALSE(left(0));
  CHECK_FALSE(left(1));  // its removal may still be cut
  CHECK(left(2));
  CHECK(node.next_wake() == core::Instant::never());
}

TEST_CASE("who leaves before it knows what is committed is not taken for one without a vote") {
  core::Config config = tests::group_of(3);
  config.members[1].founder = false;
  core::Durable disk;
  disk.promised = 1;
  disk.log = core::Log{{{1, 1, voters_entry(1, 1, "0 1 2")}}};
  core::Node node{config, 1, disk, core::Rng{1}};
  Effects out;
  node.start({}, out);
  node.leave({}, out);
  CHECK(node.next_wake() != core::Instant::never());
  CHECK(std::ranges::none_of(out.facts(), [](const core::Record& fact) { return fact.left; }));
}

TEST_CASE("a whole group can leave") {
  Group group{3};
  for (Member member = 0; member < 3; ++member) group.cluster.leave(member);
  for (Member member = 0; member < 3; ++member) CHECK(group.ends(member));
}

TEST_CASE("promises are counted again by the voters that the fetched log names") {
  core::Config config = tests::group_with_joiners(3, 2, 0);
  config.takeover = core::Takeover::eager;
  Watched group{config};
  const std::vector<core::Entry> grown{{1, 1, voters_entry(1, 1, "0 1 2 3")}, {2, 1, voters_entry(1, 2, "0 1 2 3 4")}};
  for (const Member member : {Member{0}, Member{3}, Member{4}}) {
    group.cluster.disk(member).promised = 1;
    group.cluster.disk(member).log = core::Log{grown};
  }
  group.start(0), group.start(2);  // n3 knows of three voters, and two of them are there
  group.cluster.run(Duration::s(10));
  CHECK(group.cluster.node(2).role() != core::Role::leader);
  CHECK(group.cluster.node(2).voters().count() == 5);
  group.start(3);
  REQUIRE(group.agree(5));
}

TEST_CASE("who is asked to leave in the middle of a claim goes on looking for a leader") {
  Group group{3, 0};
  group.cluster.route = [](const tests::Flight& flight) -> std::optional<Duration> {
    if (flight.message.type() == core::MessageType::promise) return std::nullopt;
    return Duration::ms(1);
  };
  group.cluster.crash(2);
  group.cluster.link_down(1, 2);
  REQUIRE(
      group.cluster.run_until(Duration::s(5), [&] { return group.cluster.node(1).role() == core::Role::claiming; }));
  group.cluster.leave(1);
  CHECK(group.cluster.node(1).role() == core::Role::follower);
  CHECK(group.cluster.node(1).due(core::Timer::candidacy) != core::Instant::never());
}

TEST_CASE("an event of an application may be called like a change of the voters, and is none") {
  Group group{3, 0};
  core::Effects out;
  const core::Submission posing{.depends_on = {}, .type = std::string{core::kVotersChanged}, .payload = "0~9"};
  group.cluster.node(2).submit(group.cluster.now(), posing, out);
  CHECK(group.cluster.node(2).voters().count() == 3);
  const bool learnt = std::ranges::any_of(
      out.persists(), [](const core::Persist& record) { return std::holds_alternative<core::MemoryLost>(record); });
  CHECK_FALSE(learnt);
}
