// States for tests.
#pragma once

#include <string>

#include "core/base/rng.hpp"
#include "core/message/message.hpp"
#include "core/order/snapshot.hpp"

namespace tests {

// After so many decisions about events of `members` origins, some of them rejections. Their ids take many bytes.
inline core::Snapshot random_state(core::Rng& rng, std::size_t members, std::size_t decisions) {
  core::Snapshot state{
      .at = {1 + rng.below(9), 1 + rng.below(1'000)}, .voters = core::MemberSet{members}, .decided = {}};
  state.voters.insert(static_cast<core::Member>(rng.below(members)));
  std::vector<std::uint64_t> made(members, 0);
  for (std::size_t i = 0; i < decisions; ++i) {
    const auto origin = static_cast<core::Member>(rng.below(members));
    const core::EventId id = core::EventId::of(origin, 1 + made[origin]++, std::uint64_t{1} << 40);
    const bool turned_down = rng.below(3) == 0;
    state.decided.apply({.id = turned_down ? core::EventId::made_in(1, i + 1) : id,
                         .depends_on = {},
                         .type = std::string{turned_down ? core::kRejected : "test"},
                         .payload = "",
                         .rejects = turned_down ? id : core::EventId{}});
  }
  return state;
}

// One that takes several pieces to send: with many rejections.
inline core::SnapshotRef big_state(core::Seq seq, std::size_t members, std::size_t decisions = 60'000) {
  core::Rng rng{seq};
  core::Snapshot state = random_state(rng, members, decisions);
  state.at = {1, seq};
  state.voters = core::MemberSet::all(members);
  return core::keep(std::move(state));
}

// The piece of that state from `offset` on.
inline core::StateSync piece_of(const core::KeptSnapshot& kept, std::uint64_t offset, std::size_t length) {
  std::string piece = kept.bytes.substr(offset, length);
  const std::uint64_t sum = core::checksum(piece);
  return {.epoch = 1,
          .at = kept.state.at,
          .total = kept.bytes.size(),
          .checksum = kept.checksum,
          .offset = offset,
          .piece = std::move(piece),
          .piece_checksum = sum};
}

}  // namespace tests
