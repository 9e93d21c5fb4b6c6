// Who lacks what the others' logs have dropped gets the state, in as many pieces as it takes, and goes on from there.
#include <catch2/catch.hpp>

#include "tests/core/logs.hpp"
#include "tests/core/states.hpp"
#include "tests/core/watched.hpp"

using core::Duration;
using core::Member;
using core::MessageType;
using core::StateSync;
using core::StateWanted;
using tests::Flight;
using tests::Watched;

namespace {

// n2 ... have a state of several pieces, n1 has nothing.
struct Transfer : Watched {
  explicit Transfer(std::size_t n) : Watched{tests::group_of(n)}, state{tests::big_state(10'000, n)} {
    for (Member member = 1; member < n; ++member)
      cluster.disk(member).apply(core::SnapshotTaken{state, state->state.at});
    for (Member member = 0; member < n; ++member) start(member);
    cluster.route = [this](const Flight& flight) { return counted(flight); };
  }
  std::optional<Duration> counted(const Flight& flight) {
    if (flight.message.type() == MessageType::state_sync) ++pieces;
    if (const auto* wanted = std::get_if<StateWanted>(&flight.message.body)) asked[flight.to].push_back(wanted->offset);
    return fate ? fate(flight) : Duration::ms(1);
  }
  [[nodiscard]] std::size_t least_pieces() const { return (state->bytes.size() - 1) / core::kPieceBytes + 1; }
  // Until n1 is about to get the nth piece.
  Flight& nth_piece(std::size_t nth) {
    const auto reached = [&]() -> Flight* {
      for (Flight* flight : tests::flights<StateSync>(cluster, 0))
        if (std::get<StateSync>(flight->message.body).offset == (nth - 1) * core::kPieceBytes) return flight;
      return nullptr;
    };
    REQUIRE(cluster.run_until(Duration::s(30), [&] { return reached() != nullptr; }));
    return *reached();
  }
  void check_arrived() {
    REQUIRE(agree(cluster.size()));
    REQUIRE(cluster.disk(0).snapshot != nullptr);
    CHECK(cluster.disk(0).snapshot->bytes == state->bytes);
    CHECK(ledger.count(core::Kind::snapshot) == 1);
  }

  core::SnapshotRef state;
  std::function<std::optional<Duration>(const Flight&)> fate;
  std::size_t pieces = 0;
  std::map<Member, std::vector<std::uint64_t>> asked;  // for which offsets, by whom was asked
};

}  // namespace

TEST_CASE("a laggard behind the leader's log gets the state and goes on") {
  Watched group{tests::group_with_joiners(3, 0)};
  for (Member member = 0; member < 3; ++member) group.start(member);
  group.cluster.settle();
  group.cluster.crash(0);
  group.submit(1, 40);
  REQUIRE(group.cluster.node(2).log().base().seq >= 24);
  group.start(0);
  REQUIRE(group.agree(3));
  CHECK(group.ledger.count(core::Kind::snapshot) == 1);
  group.submit(0, 3);
  REQUIRE(group.agree(3));
  CHECK(group.ledger.ordered() == 43);
}

TEST_CASE("a claimant behind the best promised log fetches the state and leads") {
  core::Config config = tests::group_with_joiners(3, 0);
  config.takeover = core::Takeover::eager;
  Watched group{config};
  group.start(0), group.start(1);
  group.cluster.settle();
  group.submit(0, 40);
  group.cluster.route = [](const Flight& flight) -> std::optional<Duration> {
    const bool followed = flight.message.type() == MessageType::order || flight.message.type() == MessageType::nack;
    if (followed && (flight.to == 2 || flight.from == 2)) return std::nullopt;
    return Duration::ms(1);
  };
  group.start(2);
  REQUIRE(group.cluster.run_until(Duration::s(5), [&] { return group.cluster.node(2).role() == core::Role::leader; }));
  CHECK(group.ledger.count(core::Kind::snapshot) == 1);
  CHECK(group.cluster.node(2).log().size() >= 42);
  group.heal();
  REQUIRE(group.agree(3));
  CHECK(group.ledger.ordered() == 40);
}

TEST_CASE("a state of several pieces is asked for one by one") {
  Transfer transfer{3};
  REQUIRE(transfer.least_pieces() >= 4);
  transfer.check_arrived();
  CHECK(transfer.pieces == transfer.least_pieces());
}

TEST_CASE("a round trip longer than the repeat does not multiply the pieces") {
  Transfer transfer{3};
  transfer.fate = [](const Flight&) { return Duration::ms(250); };
  transfer.check_arrived();
  CHECK(transfer.pieces <= 4 * transfer.least_pieces());
}

TEST_CASE("pieces that are lost, repeated and damaged arrive in the end") {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    Transfer transfer{3};
    transfer.fate = [&](const Flight& flight) -> std::optional<Duration> {
      const MessageType type = flight.message.type();
      if (type != MessageType::state_sync && type != MessageType::state_wanted) return Duration::ms(1);
      if (rng.below(3) == 0) return std::nullopt;
      return Duration::ms(static_cast<std::int64_t>(1 + rng.below(30)));
    };
    transfer.cluster.run_until(Duration::s(10), [&] {
      const auto arriving = tests::flights<StateSync>(transfer.cluster, 0);
      if (!arriving.empty() && rng.below(3) == 0) {
        auto& piece = std::get<StateSync>(arriving.front()->message.body).piece;
        if (!piece.empty()) piece[rng.below(piece.size())] ^= 1;
      } else if (!arriving.empty() && rng.below(3) == 0) {
        const Flight again = *arriving.front();
        transfer.cluster.in_flight().push_back(again);
      }
      return transfer.cluster.disk(0).applied() != 0;
    });
    transfer.check_arrived();
  }
}

TEST_CASE("another holder goes on where the dead leader stopped") {
  Transfer transfer{5};
  transfer.nth_piece(2);
  transfer.cluster.crash(4);
  transfer.asked.clear();
  REQUIRE(transfer.agree(5));
  CHECK(transfer.cluster.disk(0).snapshot->bytes == transfer.state->bytes);
  REQUIRE_FALSE(transfer.asked[3].empty());
  CHECK(transfer.asked[3].front() == 2 * core::kPieceBytes);
  CHECK(transfer.pieces <= transfer.least_pieces() + 2);
}

TEST_CASE("a holder of an older state only is not asked in a circle") {
  Transfer transfer{3};
  transfer.nth_piece(2);
  const core::SnapshotRef older = tests::big_state(9'000, 3);
  StateSync piece = tests::piece_of(*older, 0, core::kPieceBytes);
  piece.epoch = transfer.cluster.node(0).epoch();
  const auto answers = [&](const StateSync& to) {
    core::Node copy = transfer.cluster.node(0);
    core::Effects out;
    copy.receive(transfer.cluster.now(), {1, to}, out);
    std::vector<StateWanted> wanted;
    for (const core::Message& message : out.messages())
      if (const auto* body = std::get_if<StateWanted>(&message.body)) wanted.push_back(*body);
    return wanted;
  };
  REQUIRE(answers(piece).size() == 1);
  CHECK(answers(piece)[0].at == older->state.at);  // better that than nothing
  piece = tests::piece_of(*older, core::kPieceBytes, core::kPieceBytes);
  piece.epoch = transfer.cluster.node(0).epoch();
  CHECK(answers(piece).empty());
}

TEST_CASE("own events that a received state covers are settled, and numbers go on") {
  Watched group{tests::group_with_joiners(3, 0)};
  for (Member member = 0; member < 3; ++member) group.start(member);
  group.cluster.settle();
  group.cluster.route = [](const Flight& flight) -> std::optional<Duration> {
    const MessageType type = flight.message.type();
    const bool told = type == MessageType::order || type == MessageType::state_sync;
    if (flight.to == 0 && told) return std::nullopt;
    return Duration::ms(1);
  };
  group.submit(0, 5);
  group.submit(1, 40);
  REQUIRE(group.cluster.disk(0).pending.size() == 5);
  group.heal();
  SECTION("at once") {}
  SECTION("even if it ends between the two records") {
    REQUIRE(
        group.cluster.run_until(Duration::s(5), [&] { return !tests::flights<StateSync>(group.cluster, 0).empty(); }));
    group.cluster.doom_after(0, 1);
    REQUIRE(group.cluster.run_until(Duration::s(5), [&] { return !group.cluster.up(0); }));
    REQUIRE(group.cluster.disk(0).applied() != 0);
    REQUIRE(group.cluster.disk(0).pending.size() == 5);
    group.start(0);
  }
  REQUIRE(group.agree(3));
  CHECK(group.cluster.disk(0).pending.empty());
  CHECK(group.cluster.submit(0).number == 6);
  REQUIRE(group.agree(3));
  CHECK(group.cluster.disk(0).pending.empty());
  CHECK(group.ledger.ordered() == 46);
}

TEST_CASE("an old acknowledgement from before the log's beginning is no reason to look there") {
  Watched group{tests::group_with_joiners(3, 0)};
  for (Member member = 0; member < 3; ++member) group.start(member);
  group.cluster.settle();
  group.cluster.crash(0);
  group.submit(1, 40);
  group.start(0);
  const core::Epoch epoch = group.cluster.node(2).epoch();
  group.cluster.receive(2, {0, core::Ack{epoch, 0, 0, 2}});
  for (const Flight* flight : tests::flights<core::Order>(group.cluster, 0))
    CHECK(std::get<core::Order>(flight->message.body).previous.seq >= group.cluster.node(2).log().base().seq);
  CHECK(group.agree(3));
}

// After a restart nothing is matched yet, and an old piece ends before what is left of the log.
TEST_CASE("a piece of what is dropped here matches as far as that goes") {
  const core::Config config = tests::group_of(3);
  core::Durable disk;
  disk.apply(core::SnapshotTaken{tests::big_state(16, 3, 0), {1, 16}});
  core::Node node{config, 0, disk, core::Rng{1}};
  core::Effects out;
  node.start({}, out);
  node.receive({}, {2, core::Coordinator{1, 1}}, out);
  const std::vector<core::Entry> old = tests::entries({1, 1, 1, 1, 1});
  node.receive({}, {2, core::Order{1, 2, {1, 3}, {old.begin() + 3, old.end()}, 0}}, out);
  REQUIRE(node.log().base() == core::Point{1, 16});
  core::Heartbeat beat;
  beat.leader = 2, beat.epoch = 1, beat.beat = 2, beat.last = {1, 20}, beat.commit = 16;
  beat.hears = core::MemberSet::all(3);
  out.clear();
  node.receive(core::Instant{} + Duration::s(1), {2, beat}, out);
  std::vector<core::Point> asked;
  for (const core::Message& message : out.messages())
    if (const auto* nack = std::get_if<core::Nack>(&message.body)) asked.push_back(nack->have);
  CHECK(asked == std::vector{core::Point{1, 16}});
}
