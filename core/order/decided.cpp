#include "core/order/decided.hpp"

#include <algorithm>

namespace core {

void Decided::apply(const Event& event) {
  if (changes_voters(event)) memories_ = memories_in(event.payload, SIZE_MAX);
  if (event.id.internal() && event.type != kRejected) return;
  const EventId id = event.id.internal() ? event.rejects : event.id;
  if (event.id.internal()) rejected_.insert(id);
  std::uint64_t& last = last_[id.origin];
  last = std::max(last, id.number);
}

std::uint64_t Decided::last_of(std::uint64_t origin) const {
  const auto found = last_.find(origin);
  return found == last_.end() ? 0 : found->second;
}

}  // namespace core
