#include "core/order/snapshot.hpp"

#include "core/base/codec.hpp"

namespace core {

std::string encode(const Snapshot& snapshot) {
  Writer out;
  out.put(snapshot);
  if (!snapshot.city.empty()) out.put(snapshot.city);
  return out.take();
}

std::optional<Snapshot> decode_snapshot(std::string_view bytes, std::size_t members) {
  Snapshot snapshot{.at = {}, .voters = MemberSet{members}, .decided = {}, .city = {}};
  Reader in(bytes);
  in.get(snapshot);
  const bool has_city = in.ok() && !in.left().empty();
  if (has_city) in.get(snapshot.city);
  if (!in.done() || has_city == snapshot.city.empty() || snapshot.at.seq == 0) return std::nullopt;
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
