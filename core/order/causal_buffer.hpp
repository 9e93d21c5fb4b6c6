// The leader's hold-back: events wait here until their origin's previous number and everything they depend on are
// in the log - sequenced, not merely seen. An event whose causes stay away is rejected, and with it, in time, all
// that depends on it; so nothing waits for ever and nothing is dropped in silence.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/order/decided.hpp"

namespace core {

class CausalBuffer {
 public:
  // `decided`: what the leader's whole log has decided so far.
  explicit CausalBuffer(Decided decided = {}) : decided_{std::move(decided)} {}

  // What becomes of an event: its place in the log is next (`reason` empty), or it is turned down.
  struct Verdict {
    EventRef event;
    std::string reason;
  };

  // Takes an event in. What that sets free - it, or others waiting for it - is appended to `out`, in log order.
  // An event already decided or already held changes nothing; nor does one beyond kMostPerOrigin, which its origin
  // will repeat.
  static constexpr std::size_t kMostPerOrigin = 10'000;
  void offer(EventRef event, Instant now, std::vector<Verdict>& out);
  // Rejects the events whose causes are still missing `hold` after they came: only lowest undecided numbers of
  // their origin, since waiting for one's own predecessor is never a reason.
  void expire(Instant now, Duration hold, std::vector<Verdict>& out);
  // When expire() has something to do, at the earliest.
  [[nodiscard]] Instant due(Duration hold) const { return soonest_ == Instant::never() ? soonest_ : soonest_ + hold; }

  // The numbers of the origin that are missing while later ones are held; {0, 0}: none.
  [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> gap(std::uint64_t origin) const;
  // Nothing is held back.
  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::size_t held() const;

  static void fields(auto& m, auto&& visit) {
    visit("decided", m.decided_), visit("held", m.held_), visit("waiting", m.waiting_), visit("soonest", m.soonest_);
  }

 private:
  struct Held {
    EventRef event;
    Instant since;
    bool waits = false;  // stands in `waiting_`, under each of its missing causes
    static void fields(auto& m, auto&& visit) {
      visit("event", m.event), visit("since", m.since), visit("waits", m.waits);
    }
  };

  // The origin's next event if it is here, else null.
  [[nodiscard]] Held* head(std::uint64_t origin);
  // Decides the origin's events as far as they go; each decision may free the heads of other origins.
  void advance(std::uint64_t origin, std::vector<Verdict>& out);
  void decide(const EventRef& event, std::string reason, std::vector<Verdict>& out, std::vector<std::uint64_t>& freed);
  void wait(Held& held);
  void stop_waiting(const Event& event);

  Instant soonest_ = Instant::never();                           // no head that waits has come before this
  Decided decided_;                                              // of the log and of every verdict given
  std::map<std::uint64_t, std::map<std::uint64_t, Held>> held_;  // origin -> number -> event
  std::map<EventId, std::vector<std::uint64_t>> waiting_;        // missing cause -> origins whose head waits for it
};

}  // namespace core
