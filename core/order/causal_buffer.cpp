#include "core/order/causal_buffer.hpp"

#include <algorithm>
#include <utility>

namespace core {

void CausalBuffer::offer(EventRef event, Instant now, std::vector<Verdict>& out) {
  const EventId id = event->id;
  if (id.number <= decided_.last_of(id.origin)) return;
  auto& queue = held_[id.origin];
  if (queue.size() >= kMostPerOrigin || !queue.try_emplace(id.number, Held{std::move(event), now}).second) return;
  if (id.number == decided_.last_of(id.origin) + 1) advance(id.origin, out);
}

CausalBuffer::Held* CausalBuffer::head(std::uint64_t origin) {
  const auto queue = held_.find(origin);
  if (queue == held_.end() || queue->second.empty()) return nullptr;
  auto& [number, held] = *queue->second.begin();
  return number == decided_.last_of(origin) + 1 ? &held : nullptr;
}

void CausalBuffer::advance(std::uint64_t origin, std::vector<Verdict>& out) {
  std::vector<std::uint64_t> origins{origin};  // whose heads are to be looked at, in order
  for (std::size_t i = 0; i < origins.size(); ++i) {
    while (Held* held = head(origins[i])) {
      const EventRef event = held->event;
      const auto& causes = event->depends_on;
      if (std::ranges::any_of(causes, [&](EventId id) { return decided_.rejected(id); })) {
        decide(event, "depends on a rejected event", out, origins);
      } else if (std::ranges::all_of(causes, [&](EventId id) { return decided_.ordered(id); })) {
        decide(event, "", out, origins);
      } else {
        wait(*held);
        break;
      }
    }
  }
}

// Under each of its missing causes: one that is rejected decides it, whatever else is missing.
void CausalBuffer::wait(Held& held) {
  soonest_ = std::min(soonest_, held.since);
  if (std::exchange(held.waits, true)) return;
  for (const EventId cause : held.event->depends_on)
    if (!decided_.ordered(cause)) waiting_[cause].push_back(held.event->id.origin);
}

void CausalBuffer::decide(const EventRef& event, std::string reason, std::vector<Verdict>& out,
                          std::vector<std::uint64_t>& freed) {
  const EventId id = event->id;
  stop_waiting(*event);
  if (reason.empty()) {
    decided_.apply(*event);
  } else {
    decided_.apply(
        {.id = EventId::made_in(0, 0), .depends_on = {}, .type = std::string{kRejected}, .payload = {}, .rejects = id});
  }
  held_[id.origin].erase(id.number);
  out.push_back({event, std::move(reason)});
  const auto waiters = waiting_.find(id);
  if (waiters == waiting_.end()) return;
  freed.insert(freed.end(), waiters->second.begin(), waiters->second.end());
  waiting_.erase(waiters);
}

void CausalBuffer::expire(Instant now, Duration hold, std::vector<Verdict>& out) {
  std::vector<std::uint64_t> origins;
  for (const auto& [origin, queue] : held_) origins.push_back(origin);
  for (const std::uint64_t origin : origins) {
    const Held* held = head(origin);
    if (held == nullptr || held->since + hold > now) continue;
    std::vector<std::uint64_t> freed{origin};
    const EventRef event = held->event;
    decide(event, "its causes did not come within hold_timeout", out, freed);
    for (const std::uint64_t next : freed) advance(next, out);
  }
  soonest_ = Instant::never();
  for (const std::uint64_t origin : origins)
    if (const Held* held = head(origin)) soonest_ = std::min(soonest_, held->since);
}

std::pair<std::uint64_t, std::uint64_t> CausalBuffer::gap(std::uint64_t origin) const {
  const auto queue = held_.find(origin);
  if (queue == held_.end() || queue->second.empty()) return {0, 0};
  const std::uint64_t next = decided_.last_of(origin) + 1;
  const std::uint64_t held = queue->second.begin()->first;
  return held == next ? std::pair<std::uint64_t, std::uint64_t>{0, 0} : std::pair{next, held - 1};
}

std::size_t CausalBuffer::held() const {
  std::size_t count = 0;
  for (const auto& [origin, events] : held_) count += events.size();
  return count;
}

bool CausalBuffer::empty() const {
  return std::ranges::all_of(held_, [](const auto& queue) { return queue.second.empty(); });
}

void CausalBuffer::stop_waiting(const Event& event) {
  for (const EventId cause : event.depends_on) {
    const auto waiters = waiting_.find(cause);
    if (waiters == waiting_.end()) continue;
    std::erase(waiters->second, event.id.origin);
    if (waiters->second.empty()) waiting_.erase(waiters);
  }
}

}  // namespace core
