#include "sim/check/history.hpp"

#include <algorithm>

#include "core/base/rng.hpp"

namespace sim {

std::uint64_t fingerprint(const std::vector<core::EventId>& ids) {
  std::uint64_t sum = ids.size();
  for (const core::EventId id : ids) sum = core::mix64(core::mix64(sum ^ id.origin) + id.number);
  return sum;
}

History::History(std::size_t members) : facts_(1), origins_(members), nodes_(members) {}

std::uint32_t History::origin_of(core::EventId id) {
  if (id.origin < nodes_.size()) return static_cast<std::uint32_t>(id.origin);
  const auto [found, fresh] = more_origins_.try_emplace(id.origin, static_cast<std::uint32_t>(origins_.size()));
  if (fresh) origins_.emplace_back();
  return found->second;
}

EventIndex History::index_of(core::EventId id) {
  const std::uint32_t origin = origin_of(id);
  EventIndex& index = origins_[origin].at(id.number);
  if (index == 0) {
    index = static_cast<EventIndex>(facts_.size());
    facts_.push_back({.id = id, .origin = origin});
  }
  return index;
}

EventIndex History::find(core::EventId id) const {
  if (id.origin < nodes_.size()) return origins_[id.origin].get(id.number);
  const auto found = more_origins_.find(id.origin);
  return found == more_origins_.end() ? 0 : origins_[found->second].get(id.number);
}

bool History::holds(core::Member node, core::EventId id) const {
  const EventIndex event = find(id);
  return event != 0 && holds(node, event);
}

bool History::decided(core::Member node, EventIndex event) const {
  const EventIndex rejection = facts_[event].rejected_by;
  return holds(node, event) || (rejection != 0 && holds(node, rejection));
}

std::uint64_t History::last_of_origin(core::Member node, EventIndex event) const {
  const std::vector<std::uint64_t>& last = nodes_[node].last;
  const std::uint32_t origin = facts_[event].origin;
  return origin < last.size() ? last[origin] : 0;
}

Bits History::accepted(core::Instant latest, const Bits& nodes) const {
  Bits due;
  for (std::size_t event = 1; event < facts_.size(); ++event) {
    const EventFacts& facts = facts_[event];
    if (facts.submitted <= latest && nodes.has(facts.by) && !facts.forgotten) due.insert(event);
  }
  return due;
}

std::vector<EventIndex> History::undecided(core::Member node, const Bits& due) const {
  std::vector<EventIndex> open;
  due.minus(nodes_[node].held).each([&](std::size_t event) {
    if (!decided(node, static_cast<EventIndex>(event))) open.push_back(static_cast<EventIndex>(event));
  });
  return open;
}

void History::submit(const core::Record& record, EventIndex event) {
  EventFacts& facts = facts_[event];
  facts.by = record.node;
  facts.submitted = record.at;
  if (record.event != nullptr) facts.causes = fingerprint(record.event->depends_on);
}

void History::deliver(core::Member node, core::Seq seq, EventIndex event) {
  EventIndex& first = order_.at(seq);
  if (first == 0) first = event;
  if (facts_[event].seq == 0) facts_[event].seq = seq;
  Node& state = nodes_[node];
  if (first != event) {
    state.different[seq] = event;
  } else if (!state.different.empty()) {
    state.different.erase(seq);
  }
  state.next = seq + 1;
  hold(state, event);
}

void History::forget(core::Member node) {
  for (std::size_t event = 1; event < facts_.size(); ++event) {
    EventFacts& facts = facts_[event];
    if (facts.by != node || facts.acked != 0 || decided(node, static_cast<EventIndex>(event))) continue;
    facts.forgotten = true;
  }
}

void History::hold(Node& node, EventIndex event) {
  node.held.insert(event);
  const EventFacts& facts = facts_[event];
  if (facts.origin >= node.last.size()) node.last.resize(facts.origin + std::size_t{1});
  node.last[facts.origin] = std::max(node.last[facts.origin], facts.id.number);
}

std::optional<core::Seq> History::cover(core::Member node, core::Seq applied) {
  Node& state = nodes_[node];
  state.held.clear();
  state.last.clear();
  state.next = applied + 1;
  for (core::Seq seq = 1; seq <= applied && seq != 0; ++seq) {
    const auto own = state.different.find(seq);
    const EventIndex event = own == state.different.end() ? order_.get(seq) : own->second;
    if (event == 0) return seq;
    hold(state, event);
  }
  return std::nullopt;
}

}  // namespace sim
