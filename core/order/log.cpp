#include "core/order/log.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace core {

Point Log::floor(Point point) const {
  const auto newer = std::upper_bound(entries_.begin(), entries_.end(), point.epoch,
                                      [](Epoch epoch, const Entry& entry) { return epoch < entry.epoch; });
  const Seq seq = std::min(point.seq, static_cast<Seq>(newer - entries_.begin()));
  return {epoch_at(seq), seq};
}

std::vector<Entry> Log::piece(Seq after, Seq last, std::size_t bytes) const {
  std::vector<Entry> out;
  std::size_t taken = 0;
  for (Seq seq = after + 1; seq <= std::min(last, size()) && (out.empty() || taken < bytes); ++seq) {
    out.push_back(at(seq));
    taken += size_of(*at(seq).event);
  }
  return out;
}

bool Log::follow(Point previous, std::span<const Entry> entries) {
  for (const Entry& entry : entries) {
    if (entry.seq != previous.seq + 1 || entry.epoch < previous.epoch || entry.event == nullptr) return false;
    previous = entry.point();
  }
  return true;
}

std::size_t Log::first_new(std::span<const Entry> entries) const {
  std::size_t i = 0;
  while (i < entries.size() && has(entries[i].point())) ++i;
  return i;
}

void Log::write(std::span<const Entry> entries) {
  check(!entries.empty() && entries.front().seq >= 1 && entries.front().seq <= size() + 1, "a log has no gaps");
  entries_.resize(entries.front().seq - 1);
  entries_.insert(entries_.end(), entries.begin(), entries.end());
}

}  // namespace core
