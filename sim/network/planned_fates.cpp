#include "sim/network/planned_fates.hpp"

#include <algorithm>
#include <tuple>

namespace sim {
namespace {

std::uint64_t key_of(core::Link link, std::optional<core::MessageType> type) {
  const std::uint64_t place = type ? static_cast<std::uint64_t>(*type) : core::kMessageTypes;
  return std::uint64_t{link.from} << 24 | std::uint64_t{link.to} << 8 | place;
}

std::uint64_t key_of(const MessageFate& fate) {
  return key_of(fate.link, fate.link_down ? std::nullopt : std::optional{fate.type});
}

void add(const MessageFate& said, PlannedFate& fate) {
  using What = MessageFate::What;
  if (said.what == What::drop) fate.drop = true;
  if (said.what == What::arrive) fate.at = core::Instant{} + said.at;
  if (said.what == What::copy) fate.copy = core::Instant{} + said.at;
}

}  // namespace

PlannedFates::PlannedFates(const std::vector<MessageFate>& fates) {
  std::vector<const MessageFate*> sorted;
  for (const MessageFate& fate : fates) sorted.push_back(&fate);
  std::sort(sorted.begin(), sorted.end(), [](const MessageFate* a, const MessageFate* b) {
    return std::tuple{key_of(*a), a->nth} < std::tuple{key_of(*b), b->nth};
  });
  for (const MessageFate* fate : sorted) {
    const bool new_lane = lanes_.empty() || lanes_.back().key != key_of(*fate);
    if (new_lane) lanes_.push_back({.key = key_of(*fate), .sent = 0, .next = planned_.size(), .end = planned_.size()});
    if (new_lane || planned_.back().nth != fate->nth) planned_.push_back({.nth = fate->nth, .fate = {}});
    add(*fate, planned_.back().fate);
    lanes_.back().end = planned_.size();
  }
}

const PlannedFate* PlannedFates::next(core::Link link, std::optional<core::MessageType> type) {
  const std::uint64_t key = key_of(link, type);
  const auto lane = std::lower_bound(lanes_.begin(), lanes_.end(), key,
                                     [](const Lane& known, std::uint64_t sought) { return known.key < sought; });
  if (lane == lanes_.end() || lane->key != key) return nullptr;
  ++lane->sent;
  if (lane->next == lane->end || planned_[lane->next].nth != lane->sent) return nullptr;
  return &planned_[lane->next++].fate;
}

}  // namespace sim
