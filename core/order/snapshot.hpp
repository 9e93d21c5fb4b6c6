// What the log up to a place amounts to, so that the entries themselves can be dropped. Snapshots are taken where the
// number of the entry is a multiple of Config::snapshot_every: equal places, equal bytes, on every node. So a transfer
// that one holder began another can go on with.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/digest.hpp"
#include "core/base/member_set.hpp"
#include "core/order/decided.hpp"

namespace core {

struct Snapshot {
  Point at;          // of the last entry that it covers
  MemberSet voters;  // as of that entry
  Decided decided;
  std::string city{};  // the state of the applications, encoded; empty: there are none
  static void fields(auto& m, auto&& visit) {
    visit("at", m.at), visit("voters", m.voters), visit("decided", m.decided);
  }
};

std::string encode(const Snapshot& snapshot);
// Nothing if the bytes are no snapshot of a group of `members`.
std::optional<Snapshot> decode_snapshot(std::string_view bytes, std::size_t members);

// Guards pieces and whole states on their way.
std::uint64_t checksum(std::string_view bytes);

// A snapshot and its bytes, made once and shared by the disk and the node.
struct KeptSnapshot {
  Snapshot state;
  std::string bytes;
  std::uint64_t checksum = 0;  // of the bytes
};
using SnapshotRef = std::shared_ptr<const KeptSnapshot>;

SnapshotRef keep(Snapshot snapshot);

}  // namespace core
