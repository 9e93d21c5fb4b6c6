#include "sim/world/disk.hpp"

#include "core/base/check.hpp"

namespace sim {

void Disk::write(const core::Persist& record) {
  core::check(!condition_.full, "nothing is written to a full disk");
  if (!instant()) return cache_.push_back(record);
  core::check(cache_.empty(), "writes reach the disk in order");
  synced_.apply(record);
}

void Disk::sync() {
  for (const core::Persist& record : cache_) synced_.apply(record);
  cache_.clear();
}

// Records are whole or not there at all: of a torn write the last one is cut off.
void Disk::crash() {
  if (cache_.empty()) return;
  if (condition_.crash == Crash::lose_unsynced) cache_.clear();
  if (condition_.crash == Crash::torn_write) cache_.resize(rng_.below(cache_.size() + 1));
  sync();
}

bool Disk::read(Member self, std::uint64_t incarnation) {
  if (!damaged_) return true;
  damaged_ = false;
  synced_ = core::Durable::forgotten(self, incarnation);
  return false;
}

}  // namespace sim
