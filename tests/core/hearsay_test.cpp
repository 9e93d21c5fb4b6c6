// What a vote may not be counted without: schedules in which those who know of a loss of memory are gone.
#include <catch2/catch.hpp>

#include "tests/core/states.hpp"
#include "tests/core/watched.hpp"

using core::Duration;
using core::Instant;
using core::Member;
using core::MessageType;
using tests::Flight;
using tests::Watched;

namespace {

// n4 leads n1, n2 and n3, and n5, which bullies all, claims: only n1 gets its claim, and the promise is held back.
struct Group : Watched {
  explicit Group(std::uint64_t snapshot_every) : Watched{config_of(snapshot_every)} {
    for (Member member = 0; member < 4; ++member) start(member);
    cluster.settle();
    submit(3, 10);
    cluster.route = [this](const Flight& flight) { return latency(flight); };
    start(4);
    REQUIRE(cluster.run_until(Duration::s(10), [&] { return promises().size() == 1; }));
    epoch = cluster.node(4).epoch();
    deaf.insert(4);
  }
  static core::Config config_of(std::uint64_t snapshot_every) {
    core::Config config = tests::group_with_joiners(5, 2, snapshot_every);
    config.members[4].rank = 1;
    config.members[5].rank = config.members[6].rank = -1;
    config.takeover = core::Takeover::eager;
    config.timing.answer_timeout = Duration::s(8);  // the claim lasts
    return config;
  }
  std::optional<Duration> latency(const Flight& flight) {
    const MessageType type = flight.message.type();
    if (type == MessageType::promise) return Duration::forever();
    if (type == MessageType::recover && flight.to == 2) return std::nullopt;
    if (type == MessageType::claim && flight.to == 0 && !std::exchange(claimed, true)) return Duration::ms(1);
    if ((claimed && flight.from == 4) || deaf.contains(flight.to)) return std::nullopt;
    return Duration::ms(1);
  }
  std::vector<Flight*> promises() { return tests::flights<core::Promise>(cluster, 4); }
  bool within(Duration limit, const std::function<bool()>& done) { return cluster.run_until(limit, done); }

  core::Epoch epoch = 0;
  bool claimed = false;
  std::set<Member> deaf;
};

}  // namespace

// n6 and n7 join; n1 forgets its promise and recovers with n2, n4, n6 and n7, four of seven; n6 and n7 leave. By the
// voters before and after, n5, n3 and the promise of n1 would be enough, and none of them was there when n1 asked.
TEST_CASE("who follows is told whose promises are void") {
  const int snapshot_every = GENERATE(1'000, 4);
  CAPTURE(snapshot_every);
  Group group{static_cast<std::uint64_t>(snapshot_every)};
  for (const Member member : {Member{5}, Member{6}}) {
    group.start(member);
    REQUIRE(group.within(Duration::s(1), [&] { return group.cluster.node(member).voters().has(member); }));
  }
  group.forget(0);
  REQUIRE(group.within(Duration::ms(500), [&] { return !group.cluster.disk(0).recovering; }));
  if (snapshot_every == 4) {  // n3 hears of what follows by a state
    group.deaf.insert(2);
    group.submit(3, 20);
    group.deaf.erase(2);
  }
  for (const Member member : {Member{5}, Member{6}}) {
    group.cluster.leave(member);
    REQUIRE(group.within(Duration::s(1), [&] { return !group.cluster.up(member); }));
  }
  REQUIRE(group.within(Duration::s(1), [&] { return group.cluster.node(2).voters().count() == 5; }));
  group.deaf.insert(2);
  group.cluster.submit(3);
  const core::Seq seq = group.cluster.node(3).log().size();
  REQUIRE(group.within(Duration::ms(200), [&] { return group.cluster.node(3).commit() == seq; }));

  group.cluster.receive(2, {4, core::Claim{group.epoch}});
  REQUIRE(group.promises().size() == 2);
  REQUIRE(group.cluster.node(4).epoch() == group.epoch);
  for (Flight* flight : group.promises()) flight->arrives = group.cluster.now();
  group.cluster.route = [&](const Flight& flight) -> std::optional<Duration> {
    const std::set<Member> both{flight.from, flight.to};
    if (both.contains(4) && !both.contains(2)) return std::nullopt;  // n5 reaches n3 only
    return Duration::ms(1);
  };
  group.cluster.run(Duration::ms(300));
  CHECK(group.cluster.node(4).role() != core::Role::leader);
  group.heal();
  CHECK(group.agree(5));
}

TEST_CASE("what lost memories the sender of a state knows of is known with it") {
  const core::Config config = tests::group_of(3);
  core::Node node{config, 0, {}, core::Rng{1}};
  core::Effects out;
  node.start({}, out);
  node.receive({}, {2, core::Coordinator{1, 1}}, out);
  const core::SnapshotRef state = tests::big_state(10, 3, 0);
  core::StateSync piece = tests::piece_of(*state, 0, state->bytes.size());
  piece.memories = {{1, 4}};
  out.clear();
  node.receive({}, {2, piece}, out);
  REQUIRE(node.log().size() == 10);
  core::Durable disk;
  for (const core::Persist& record : out.persists()) disk.apply(record);
  CHECK(core::begins(disk.memories, 1) == 4);
}
