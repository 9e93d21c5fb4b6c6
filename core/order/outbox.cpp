#include "core/order/outbox.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace core {

Outbox::Outbox(std::deque<EventRef> pending, std::uint64_t last_number)
    : pending_{std::move(pending)}, last_number_{last_number} {
  for (const EventRef& event : pending_) bytes_ += size_of(*event);
}

void Outbox::push(EventRef event) {
  check(event->id.number == next_number(), "an origin's numbers are contiguous");
  ++last_number_;
  bytes_ += size_of(*event);
  pending_.push_back(std::move(event));
}

std::vector<EventRef> Outbox::unsent() {
  std::vector<EventRef> out;
  std::size_t taken = 0;
  for (; sent_ < pending_.size() && taken < kPieceBytes && in_flight_ < kWindowBytes; ++sent_) {
    const std::size_t size = size_of(*pending_[sent_]);
    out.push_back(pending_[sent_]);
    taken += size;
    in_flight_ += size;
  }
  return out;
}

std::vector<EventRef> Outbox::oldest() const {
  std::vector<EventRef> out;
  std::size_t taken = 0;
  for (auto next = pending_.begin(); next != pending_.end() && taken < kRepairBytes; ++next) {
    out.push_back(*next);
    taken += size_of(**next);
  }
  return out;
}

std::vector<EventRef> Outbox::numbered(std::uint64_t first, std::uint64_t last) const {
  std::vector<EventRef> out;
  if (pending_.empty()) return out;
  const std::uint64_t front = pending_.front()->id.number;
  std::size_t taken = 0;
  for (std::uint64_t at = std::max(first, front) - front; at < pending_.size() && taken < kPieceBytes; ++at) {
    if (pending_[at]->id.number > last) break;
    out.push_back(pending_[at]);
    taken += size_of(*pending_[at]);
  }
  return out;
}

void Outbox::rewind() {
  sent_ = 0;
  in_flight_ = 0;
}

bool Outbox::settle(std::uint64_t number) {
  bool fresh = false;
  while (!pending_.empty() && pending_.front()->id.number <= number) {
    const std::size_t size = size_of(*pending_.front());
    bytes_ -= size;
    if (sent_ > 0) {
      --sent_;
      in_flight_ -= size;
    }
    pending_.pop_front();
    fresh = true;
  }
  return fresh;
}

}  // namespace core
