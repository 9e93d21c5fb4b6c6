// The disk of one machine: what a node has written, what of that is safe, and what is wrong with the disk.
//
// A write goes to the cache of the operating system; the next sync makes all that was written safe. A process that
// is killed loses nothing, for the system lives on and writes it out; when the power fails, the cache is lost. A disk
// without latency has nothing in its cache: each write is safe at once.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/rng.hpp"
#include "core/store/durable.hpp"
#include "sim/network/latency_table.hpp"

namespace sim {

class Disk {
 public:
  // What a crash of the node is to its disk: a killed process, a power cut that loses the cache, or one that comes
  // while the cache is being written out, in order.
  enum class Crash : std::uint8_t { kill, lose_unsynced, torn_write };

  // What faults do to it while they are in force.
  struct Condition {
    Crash crash = Crash::kill;
    bool full = false;                   // writes fail
    const LatencyTable* slow = nullptr;  // of a sync, instead of the usual latency
    std::uint32_t slow_by = 0;           // slow: the fault of the scenario that makes it so
  };

  // `usual`: the latency of a sync; null: none. REQUIRES: it outlives the disk, and so does what a condition names.
  explicit Disk(const LatencyTable* usual = nullptr, core::Rng rng = {}) : usual_{usual}, rng_{rng} {}

  void set(const Condition& condition) { condition_ = condition; }
  [[nodiscard]] bool full() const { return condition_.full; }
  [[nodiscard]] bool instant() const { return latency() == nullptr; }

  // REQUIRES: not full; a disk without latency: nothing is unsynced.
  void write(const core::Persist& record);
  // How long the sync takes that begins now. REQUIRES: not instant().
  Duration draw_latency() { return latency()->at(rng_.next()); }
  void sync();
  // The process that wrote is gone; what has become of its unsynced writes is settled here.
  void crash();

  // Damages the synced state, which shows when it is read next: then it is of no use.
  void damage() { damaged_ = true; }
  // A process starts and reads: false if it has to begin anew with Durable::forgotten, which is on the disk now.
  bool read(Member self, std::uint64_t incarnation);

  // REQUIRES: for a process that starts: read() before.
  [[nodiscard]] const core::Durable& synced() const { return synced_; }
  [[nodiscard]] std::size_t unsynced() const { return cache_.size(); }

 private:
  [[nodiscard]] const LatencyTable* latency() const { return condition_.slow != nullptr ? condition_.slow : usual_; }

  const LatencyTable* usual_;
  core::Rng rng_;
  Condition condition_;
  core::Durable synced_;
  std::vector<core::Persist> cache_;  // written and not synced, oldest first
  bool damaged_ = false;
};

}  // namespace sim
