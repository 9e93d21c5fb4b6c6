#include "core/order/log.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace core {

Point Log::floor(Point point) const {
  const auto newer = std::upper_bound(entries_.begin(), entries_.end(), point.epoch,
                                      [](Epoch epoch, const Entry& entry) { return epoch < entry.epoch; });
  const Seq last = base_.seq + static_cast<Seq>(newer - entries_.begin());
  return point_at(std::max(base_.seq, std::min(point.seq, last)));
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
  while (i < entries.size() && (entries[i].seq <= base_.seq || has(entries[i].point()))) ++i;
  return i;
}

void Log::write(std::span<const Entry> entries) {
  check(!entries.empty() && entries.front().seq > base_.seq && entries.front().seq <= size() + 1, "a log has no gaps");
  entries_.resize(entries.front().seq - base_.seq - 1);
  entries_.insert(entries_.end(), entries.begin(), entries.end());
}

void Log::begin_after(Point base) {
  if (base.seq <= base_.seq) return;
  if (has(base))
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(base.seq - base_.seq));
  else
    entries_.clear();
  base_ = base;
}

}  // namespace core
