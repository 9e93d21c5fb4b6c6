#include "core/order/causal_buffer.hpp"

#include <algorithm>

namespace core {

void CausalBuffer::offer(EventRef event, Instant now, std::vector<Verdict>& out) {
  const EventId id = event->id;
  if (id.number <= decided_.last_of(id.origin)) return;
  auto& queue = held_[id.origin];
  if (queue.size() >= kMostPerOrigin || !queue.try_emplace(id.number, Held{std::move(event), now}).second) return;
  ++count_;
  if (id.number == decided_.last_of(id.origin) + 1) advance(id.origin, out);
}

const CausalBuffer::Held* CausalBuffer::head(std::uint64_t origin) const {
  const auto queue = held_.find(origin);
  if (queue == held_.end() || queue->second.empty()) return nullptr;
  const auto& [number, held] = *queue->second.begin();
  return number == decided_.last_of(origin) + 1 ? &held : nullptr;
}

void CausalBuffer::advance(std::uint64_t origin, std::vector<Verdict>& out) {
  std::vector<std::uint64_t> origins{origin};  // whose heads are to be looked at, in order
  for (std::size_t i = 0; i < origins.size(); ++i) {
    while (const Held* held = head(origins[i])) {
      const EventRef event = held->event;
      const auto& causes = event->depends_on;
      const auto turned_down = std::ranges::find_if(causes, [&](EventId id) { return decided_.rejected(id); });
      if (turned_down != causes.end()) {
        decide(event, "depends on a rejected event", out, origins);
        continue;
      }
      const auto missing = std::ranges::find_if(causes, [&](EventId id) { return !decided_.ordered(id); });
      if (missing != causes.end()) {
        waiting_[*missing].push_back(origins[i]);
        break;
      }
      decide(event, "", out, origins);
    }
  }
}

void CausalBuffer::decide(const EventRef& event, std::string reason, std::vector<Verdict>& out,
                          std::vector<std::uint64_t>& freed) {
  const EventId id = event->id;
  if (reason.empty()) {
    decided_.apply(*event);
  } else {
    decided_.apply(
        {.id = EventId::made_in(0, 0), .depends_on = {}, .type = std::string{kRejected}, .payload = {}, .rejects = id});
  }
  held_[id.origin].erase(id.number);
  --count_;
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
    stop_waiting(*event);
    decide(event, "its causes did not come within hold_timeout", out, freed);
    for (const std::uint64_t next : freed) advance(next, out);
  }
}

Instant CausalBuffer::due(Duration hold) const {
  Instant due = Instant::never();
  for (const auto& [origin, queue] : held_)
    if (const Held* held = head(origin)) due = std::min(due, held->since + hold);
  return due;
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
