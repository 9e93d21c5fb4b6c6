#include "core/order/snapshot.hpp"

#include <catch2/catch.hpp>

#include "core/order/incoming.hpp"
#include "core/store/durable.hpp"
#include "tests/core/logs.hpp"
#include "tests/core/states.hpp"

using core::Incoming;
using core::SnapshotRef;

namespace {

SnapshotRef random_kept(core::Rng& rng) {
  return core::keep(tests::random_state(rng, 5, 20 + rng.below(60)));
}

}  // namespace

TEST_CASE("equal states have equal bytes, however they came to be") {
  core::Snapshot a{.at = {2, 9}, .voters = core::MemberSet::all(3), .decided = {}}, b = a;
  const auto decide = [](core::Snapshot& state, core::EventId id, core::EventId rejects = {}) {
    const bool turned_down = id.internal();
    state.decided.apply({.id = id,
                         .depends_on = {},
                         .type = std::string{turned_down ? core::kRejected : "test"},
                         .payload = {},
                         .rejects = rejects});
  };
  decide(a, {0, 1}), decide(a, {1, 1}), decide(a, core::EventId::made_in(2, 1), {2, 1}), decide(a, {0, 2});
  decide(b, core::EventId::made_in(2, 1), {2, 1}), decide(b, {0, 1}), decide(b, {0, 2}), decide(b, {1, 1});
  CHECK(encode(a) == encode(b));
  decide(b, {1, 2});
  CHECK(encode(a) != encode(b));
}

TEST_CASE("a state comes back whole") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const SnapshotRef kept = random_kept(rng);
    const auto again = core::decode_snapshot(kept->bytes, 5);
    REQUIRE(again);
    REQUIRE(again->at == kept->state.at);
    REQUIRE(again->voters == kept->state.voters);
    REQUIRE(encode(*again) == kept->bytes);
    REQUIRE(core::checksum(kept->bytes) == kept->checksum);
  }
}

TEST_CASE("pieces that are lost, repeated, damaged or out of order make no other state") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    const SnapshotRef kept = random_kept(rng);
    Incoming incoming;
    int asked = 0;
    while (!incoming.complete()) {
      REQUIRE(++asked < 10'000);
      const std::uint64_t before = incoming.offset();
      const std::uint64_t offset = rng.below(3) == 0 ? rng.below(kept->bytes.size()) : before;
      core::StateSync piece = tests::piece_of(*kept, offset, 1 + rng.below(40));
      const bool damaged = rng.below(4) == 0;
      if (damaged) piece.piece[rng.below(piece.piece.size())] ^= 4;
      const bool next = offset == before && !damaged;
      REQUIRE(incoming.take(piece) == next);
      REQUIRE(incoming.offset() == (next ? before + piece.piece.size() : before));
    }
    const auto state = incoming.finish(5);
    REQUIRE(state);
    REQUIRE(encode(*state) == kept->bytes);
    REQUIRE_FALSE(incoming.active());
  }
}

TEST_CASE("the first piece of another state begins anew, others do not") {
  const SnapshotRef older = tests::big_state(8, 3, 50), newer = tests::big_state(16, 3, 50);
  Incoming incoming;
  CHECK_FALSE(incoming.active());
  CHECK(incoming.take(tests::piece_of(*older, 0, 10)));
  CHECK(incoming.take(tests::piece_of(*newer, 0, 7)));
  CHECK(incoming.at() == newer->state.at);
  CHECK(incoming.offset() == 7);
  CHECK_FALSE(incoming.take(tests::piece_of(*older, 10, 10)));
  CHECK(incoming.at() == newer->state.at);
  CHECK(incoming.take(tests::piece_of(*older, 0, 10)));  // whoever sends that has no newer one
  CHECK(incoming.at() == older->state.at);
  CHECK(incoming.offset() == 10);
}

TEST_CASE("a whole that is not what was announced is dropped") {
  const SnapshotRef kept = tests::big_state(8, 3, 50);
  for (const bool wrong_place : {false, true}) {
    core::StateSync piece = tests::piece_of(*kept, 0, kept->bytes.size());
    if (wrong_place)
      piece.at.seq += 1;
    else
      piece.checksum += 1;
    Incoming incoming;
    CHECK(incoming.take(piece));
    REQUIRE(incoming.complete());
    CHECK_FALSE(incoming.finish(3));
    CHECK_FALSE(incoming.active());
  }
}

TEST_CASE("every other question is put as if nothing had come") {
  Incoming incoming;
  CHECK_FALSE(incoming.ask_to_go_on());
  incoming.take(tests::piece_of(*tests::big_state(8, 3, 50), 0, 10));
  CHECK(incoming.ask_to_go_on());
  CHECK_FALSE(incoming.ask_to_go_on());
  CHECK(incoming.ask_to_go_on());
  incoming.drop();
  CHECK_FALSE(incoming.ask_to_go_on());
  CHECK_FALSE(incoming.active());
}

TEST_CASE("a disk keeps a snapshot and the log behind it") {
  core::Durable disk;
  disk.apply(core::LogWritten{tests::entries({1, 1, 1, 2, 2, 2})});
  CHECK(disk.applied() == 0);
  disk.apply(core::SnapshotTaken{tests::big_state(4, 3, 5), {1, 2}});
  CHECK(disk.applied() == 4);
  CHECK(disk.log.base() == core::Point{1, 2});
  CHECK(disk.log.size() == 6);
  disk.apply(core::SnapshotTaken{tests::big_state(9, 3, 5), {3, 9}});  // received: of another history
  CHECK(disk.applied() == 9);
  CHECK(disk.log.base() == core::Point{3, 9});
  CHECK(disk.log.size() == 9);
}

TEST_CASE("who forgets knows that it did, and nothing else") {
  core::Durable disk = core::Durable::forgotten(2, 5);
  CHECK(disk.recovering);
  CHECK(disk.memories == core::Memories{{2, 5}});
  CHECK(disk.applied() == 0);
  CHECK(disk.log.size() == 0);
  CHECK(disk.last_number == 0);
  disk.apply(core::MemoryLost{1, 3});
  disk.apply(core::Recovered{});
  CHECK_FALSE(disk.recovering);
  CHECK(disk.memories == core::Memories{{1, 3}, {2, 5}});
  CHECK(core::begins(disk.memories, 1) == 3);
  CHECK(core::begins(disk.memories, 0) == 0);
}
