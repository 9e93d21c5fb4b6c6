#include "net/wire/sound.hpp"

#include <algorithm>

#include "core/order/log.hpp"

namespace net {
namespace {

// By the types of the fields; a Member is the only number of its size.
class Sound {
 public:
  explicit Sound(std::size_t members) : members_{members} {}

  [[nodiscard]] bool holds(core::Member member) const { return member < members_ || member == core::kNobody; }
  [[nodiscard]] bool holds(const core::MemberSet& set) const {
    std::size_t inside = 0;
    for (std::size_t i = 0; i < members_; ++i)
      if (set.has(static_cast<core::Member>(i))) ++inside;
    return inside == set.count();
  }
  [[nodiscard]] bool holds(const core::Memories& memories) const {
    return std::all_of(memories.begin(), memories.end(), [&](const auto& one) { return one.first < members_; });
  }
  [[nodiscard]] bool holds(core::Instant time) const {
    return time >= core::Instant{} && time <= core::Instant::never();
  }
  [[nodiscard]] bool holds(core::Refusal why) const { return why <= core::Refusal::outranks; }
  [[nodiscard]] bool holds(core::EventId id) const {
    return id.number > 0 && (id.internal() || id.member() < members_);
  }
  [[nodiscard]] bool holds(const core::EventRef& event) const {
    const auto& causes = event->depends_on;
    return holds(event->id) && (event->rejects == core::EventId{} || holds(event->rejects)) &&
           std::all_of(causes.begin(), causes.end(), [&](core::EventId cause) { return holds(cause); });
  }
  [[nodiscard]] bool holds(const std::vector<core::EventRef>& events) const {
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (!holds(events[i]) || events[i]->id.internal()) return false;
      if (i > 0 && (events[i]->id.origin != events[0]->id.origin || events[i]->id <= events[i - 1]->id)) return false;
    }
    return true;
  }
  [[nodiscard]] bool holds(const std::vector<core::Entry>& entries) const {
    return std::all_of(entries.begin(), entries.end(), [&](const core::Entry& e) { return holds(e.event); });
  }
  template <class T>
  [[nodiscard]] bool holds(const T&) const {
    return true;
  }

 private:
  std::size_t members_;
};

template <class T>
bool connects(const T& body) {
  if constexpr (requires { body.entries, body.previous; })
    return core::Log::follow(body.previous, body.entries) &&
           (body.entries.empty() || body.entries.back().epoch <= body.epoch);
  return true;
}

}  // namespace

bool is_sound(const core::Message& message, std::size_t members) {
  const Sound sound(members);
  if (message.from >= members || !sound.holds(message.sent)) return false;
  return std::visit(
      [&](const auto& body) {
        bool ok = connects(body);
        std::decay_t<decltype(body)>::fields(body, [&](const char*, const auto& f) { ok = ok && sound.holds(f); });
        return ok;
      },
      message.body);
}

}  // namespace net
