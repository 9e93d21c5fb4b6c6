#include "core/node/effects.hpp"

#include <utility>

namespace core {

void Effects::persist(Persist record) {
  list_.push_back({Effect::Kind::persist, kNobody, static_cast<std::uint32_t>(persists_.size())});
  persists_.push_back(std::move(record));
}

std::uint32_t Effects::make(Message message) {
  messages_.push_back(std::move(message));
  return static_cast<std::uint32_t>(messages_.size() - 1);
}

void Effects::send(Member to, std::uint32_t message) {
  list_.push_back({Effect::Kind::send, to, message});
}

void Effects::fact(Record record) {
  list_.push_back({Effect::Kind::fact, kNobody, static_cast<std::uint32_t>(facts_.size())});
  facts_.push_back(record);
}

void Effects::fact(Record record, EventRef event) {
  record.event = event.get();
  kept_.push_back(std::move(event));
  fact(record);
}

void Effects::fact(Record record, Details details) {
  record.more = &details_.emplace_back(std::move(details));
  fact(record);
}

void Effects::order(const LampOrder& order) {
  list_.push_back({Effect::Kind::order, kNobody, static_cast<std::uint32_t>(orders_.size())});
  orders_.push_back(order);
}

void Effects::clear() {
  if (list_.empty() && messages_.empty()) return;  // most steps want nothing done
  list_.clear();
  persists_.clear();
  messages_.clear();
  facts_.clear();
  orders_.clear();
  kept_.clear();
  details_.clear();
}

}  // namespace core
