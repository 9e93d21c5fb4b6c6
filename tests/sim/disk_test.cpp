// What survives on a disk: after a kill, a power cut, a torn write, and damage.
#include "sim/world/disk.hpp"

#include <catch2/catch.hpp>
#include <set>

using core::Duration;
using sim::Disk;

namespace {

const sim::LatencyTable kFiveMs{{sim::Latency::Shape::fixed, Duration::ms(5), {}}};
const sim::LatencyTable kOneSecond{{sim::Latency::Shape::fixed, Duration::s(1), {}}};

// Records that can be told apart: the nth promises epoch n.
void write(Disk& disk, core::Epoch from, core::Epoch to) {
  for (core::Epoch epoch = from; epoch <= to; ++epoch) disk.write(core::PromiseMade{epoch, 0});
}

Disk disk_with(const sim::LatencyTable* latency, std::uint64_t seed = 1) {
  return Disk{latency, core::Rng{seed}};
}

}  // namespace

TEST_CASE("without latency each write is safe at once") {
  Disk disk = disk_with(nullptr);
  CHECK(disk.instant());
  disk.set({.crash = Disk::Crash::lose_unsynced});
  write(disk, 1, 3);
  CHECK(disk.unsynced() == 0);
  disk.crash();
  CHECK(disk.synced().promised == 3);
}

TEST_CASE("a write is unsynced until the sync, whose latency is the disk's") {
  Disk disk = disk_with(&kFiveMs);
  CHECK_FALSE(disk.instant());
  write(disk, 1, 3);
  CHECK(disk.unsynced() == 3);
  CHECK(disk.synced().promised == 0);
  CHECK(disk.draw_latency() == Duration::ms(5));
  disk.set({.slow = &kOneSecond});
  CHECK(disk.draw_latency() == Duration::s(1));
  disk.set({});
  CHECK(disk.draw_latency() == Duration::ms(5));
  disk.sync();
  CHECK(disk.unsynced() == 0);
  CHECK(disk.synced().promised == 3);
}

TEST_CASE("a killed process loses nothing, a power cut the cache") {
  Disk disk = disk_with(&kFiveMs);
  write(disk, 1, 3);
  disk.crash();
  CHECK(disk.synced().promised == 3);
  write(disk, 4, 5);
  disk.set({.crash = Disk::Crash::lose_unsynced});
  disk.crash();
  CHECK(disk.synced().promised == 3);
  CHECK(disk.unsynced() == 0);
}

TEST_CASE("a torn write keeps the first of the unsynced records, any number of them") {
  std::set<core::Epoch> kept;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Disk disk = disk_with(&kFiveMs, seed);
    write(disk, 1, 1);
    disk.sync();
    write(disk, 2, 5);
    disk.set({.crash = Disk::Crash::torn_write});
    disk.crash();
    CHECK(disk.unsynced() == 0);
    kept.insert(disk.synced().promised);
  }
  CHECK(kept == std::set<core::Epoch>{1, 2, 3, 4, 5});
}

TEST_CASE("damage shows when the disk is read, once") {
  Disk disk = disk_with(nullptr);
  write(disk, 1, 3);
  CHECK(disk.read(4, 2));
  disk.damage();
  write(disk, 4, 4);
  CHECK(disk.synced().promised == 4);
  CHECK_FALSE(disk.read(4, 3));
  CHECK(disk.synced().promised == 0);
  CHECK(disk.synced().recovering);
  CHECK(disk.synced().memories == core::Durable::forgotten(4, 3).memories);
  CHECK(disk.read(4, 4));
}
