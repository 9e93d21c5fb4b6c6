#include "tools/explain/chronicle.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace tools {
namespace {

using core::Kind;
using core::Record;

bool of_a_node(const Record& record) {
  return record.node != core::kNobody && record.kind != Kind::drop && record.kind != Kind::fault &&
         record.kind != Kind::heal && record.kind != Kind::violation;
}

// What a step of a way costs: a message more than any number of records, and among messages one that carries events
// least, a heartbeat most.
constexpr std::uint64_t kRecord = 1, kSilent = 1 << 20, kMessage = 1ULL << 40;

std::uint64_t cost_of(core::MessageType type) {
  using core::MessageType;
  switch (type) {
    case MessageType::submit:
    case MessageType::resubmit:
    case MessageType::order:
    case MessageType::entries:
      return kMessage + kRecord;
    case MessageType::heartbeat:
      return kMessage + 2 * kSilent;
    default:
      return kMessage + kSilent;
  }
}

}  // namespace

void Chronicle::on(const Record& record) {
  const Place place = size();
  records_.push_back(record);
  Record& kept = records_.back();
  if (record.event != nullptr) {
    const core::Event& event = *record.event;
    kept.event = &events_.emplace_back(core::Event{event.id, event.depends_on, event.type, {}, event.rejects});
  }
  if (record.more != nullptr) kept.more = &details_.emplace_back(*record.more);
  before_.push_back(kNowhere);
  sent_.push_back(kNowhere);
  if (record.kind == Kind::send) sends_[record.number] = place;
  if (record.kind == Kind::recv || record.kind == Kind::drop) {
    const auto send = sends_.find(record.number);
    if (send != sends_.end()) sent_.back() = send->second;
  }
  if (!of_a_node(record)) return;
  const auto [newest, fresh] = newest_.try_emplace(record.node, place);
  if (!fresh) before_.back() = std::exchange(newest->second, place);
}

std::vector<Place> Chronicle::path(Place from, Place to) const {
  if (from == kNowhere || to == kNowhere || from > to) return {};
  constexpr std::uint64_t kFar = std::numeric_limits<std::uint64_t>::max();
  std::vector<std::uint64_t> cost(to - from + 1, kFar);  // of the way on to `to`
  std::vector<Place> next(cost.size(), kNowhere);
  cost.back() = 0;
  for (Place place = to; place > from; --place) {  // causes stand before their effects
    const std::uint64_t here = cost[place - from];
    if (here == kFar) continue;
    const auto reach = [&](Place cause, std::uint64_t step) {
      if (cause == kNowhere || cause < from || here + step >= cost[cause - from]) return;
      cost[cause - from] = here + step;
      next[cause - from] = place;
    };
    reach(before_[place], kRecord);
    if (at(place).kind == Kind::recv) reach(sent_[place], cost_of(at(place).type));
  }
  std::vector<Place> way;
  if (cost.front() == kFar) return way;
  for (Place place = from; place != kNowhere; place = next[place - from]) way.push_back(place);
  return way;
}

}  // namespace tools
