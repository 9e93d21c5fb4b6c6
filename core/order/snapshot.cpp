#include "core/order/snapshot.hpp"

#include "core/base/codec.hpp"

namespace core {

std::string encode(const Snapshot& snapshot) {
  Writer out;
  out.put(snapshot);
  return out.take();
}

std::optional<Snapshot> decode_snapshot(std::string_view bytes, std::size_t members) {
  Snapshot snapshot{.at = {}, .voters = MemberSet{members}, .decided = {}};
  Reader in(bytes);
  in.get(snapshot);
  if (!in.done() || snapshot.at.seq == 0) return std::nullopt;
  return snapshot;
}

std::uint64_t checksum(std::string_view bytes) {
  Hasher hasher;
  hasher.text(bytes);
  return hasher.digest().high;
}

SnapshotRef keep(Snapshot snapshot) {
  std::string bytes = encode(snapshot);
  const std::uint64_t sum = checksum(bytes);
  return std::make_shared<const KeptSnapshot>(KeptSnapshot{std::move(snapshot), std::move(bytes), sum});
}

}  // namespace core
