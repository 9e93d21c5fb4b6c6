// A follower's side of replication: how far its log is known to equal its leader's, what came too early, and
// what it must ask for.
#pragma once

#include <algorithm>
#include <map>

#include "core/base/backoff.hpp"
#include "core/message/message.hpp"
#include "core/order/log.hpp"

namespace core {

struct CatchUp {
  static constexpr std::size_t kEarlyBytes = 4 << 20;

  Seq matched = 0;  // in this epoch, since this start; 0: nothing compared yet
  Seq wanted = 0;   // the highest seq known to exist in this epoch's log
  Instant moved;    // when `matched` last grew
  Backoff nack;
  Point asked;                 // the place the last NACK named
  Seq asked_until = 0;         // and the end of the gap, if it knew one
  std::map<Seq, Order> early;  // by the seq they follow; they came before what they follow
  std::size_t early_bytes = 0;

  void keep(const Order& order);
  // What is missing after `have` ends here: where the first early piece begins; 0: unknown, everything is wanted.
  // (A piece that begins at `have` itself has not connected there, so `have` is not the leader's.)
  [[nodiscard]] Seq gap_end(Seq have) const {
    const auto next = early.lower_bound(have);
    return next == early.end() ? 0 : next->first;
  }
  // The first early piece that connects to `log` now, taken out. False: none does.
  bool take(const Log& log, Order& out);

  static void fields(auto& m, auto&& visit) {
    visit("matched", m.matched), visit("wanted", m.wanted), visit("moved", m.moved), visit("nack", m.nack);
    visit("asked", m.asked), visit("asked_until", m.asked_until);
    visit("early", m.early);
  }
};

}  // namespace core
