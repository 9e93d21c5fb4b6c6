#include "tools/live/surroundings.hpp"

#include <utility>

namespace tools {

Surroundings::Surroundings(const sim::Scenario& scenario, std::uint64_t seed, core::Member self, const Board& board)
    : scenario_{scenario},
      self_{self},
      board_{board},
      network_{scenario, seed},
      disk_rng_{core::Rng::stream(seed, core::Purpose::disk, {self})} {
  if (scenario.disk_latency) usual_.emplace(*scenario.disk_latency);
  look();
  alive_ = true;
}

bool Surroundings::look() {
  bent_ = false;
  for (std::string_view entry = board_.journal_at(place_); !entry.empty(); entry = board_.journal_at(place_))
    std::visit([&](const auto& ailment) { take(ailment); }, ailment_of(entry));
  return bent_;
}

// A running node's clock bends when the node hears of it, since what it has shown already it cannot take back.
void Surroundings::take(const ClockBent& bent) {
  if (bent.member != self_) return;
  clock_.bend(alive_ ? board_.now() : bent.at, static_cast<std::int32_t>(bent.ppm) - sim::Clock::kMostPpm);
  bent_ = true;
}

void Surroundings::take(const DiskSet& set) {
  if (set.member != self_) return;
  disk_ = set;
  slow_.reset();
  if (set.slow) slow_.emplace(std::get<sim::DiskFault>(scenario_.faults[*set.slow].action).latency);
}

core::Instant Surroundings::now() const {
  return clock_.at(board_.now());
}

core::Instant Surroundings::when(core::Instant shown) const {
  const core::Instant when = clock_.when(shown);
  return when >= core::Instant::never() ? when : board_.origin() + (when - core::Instant{});
}

std::chrono::steady_clock::time_point Surroundings::machine_time_of(core::Instant run_time) const {
  const core::Instant when = board_.origin() + (run_time - core::Instant{});
  return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(when.ns));
}

core::Duration Surroundings::draw_disk_latency() {
  const auto& table = slow_ ? slow_ : usual_;
  return table ? table->at(disk_rng_.next()) : core::Duration{};
}

}  // namespace tools
