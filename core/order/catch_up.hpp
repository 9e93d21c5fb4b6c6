// A follower's side of replication: how far its log is known to equal its leader's, what came too early, and
// what it must ask for.
#pragma once

#include <algorithm>
#include <map>

#include "core/base/backoff.hpp"
#include "core/message/message.hpp"

namespace core {

struct CatchUp {
  static constexpr std::size_t kEarlyBytes = 4 << 20;

  Seq matched = 0;  // in this epoch, since this start; 0: nothing compared yet
  Seq wanted = 0;   // the highest seq known to exist in this epoch's log
  Instant moved;    // when `matched` last grew
  Backoff nack;
  Point asked;                 // the place the last NACK named
  std::map<Seq, Order> early;  // by the seq they follow; they came before what they follow
  std::size_t early_bytes = 0;

  void keep(const Order& order);
  // What is missing after `have` ends here: where the first early piece begins; 0: unknown, everything is wanted.
  [[nodiscard]] Seq gap_end(Seq have) const {
    const auto next = early.upper_bound(have);
    return next == early.end() ? 0 : next->first;
  }
  // The next early piece that follows a seq up to `seq`, taken out.
  bool take(Seq seq, Order& out);

  static void fields(auto& m, auto&& visit) {
    visit("matched", m.matched), visit("wanted", m.wanted), visit("moved", m.moved), visit("nack", m.nack);
    visit("asked", m.asked);
    visit("early", m.early);
  }
};

}  // namespace core
