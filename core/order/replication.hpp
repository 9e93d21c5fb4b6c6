// What a leader knows of its followers' logs: how far each is known to match, what is under way, what to repeat.
#pragma once

#include <vector>

#include "core/base/backoff.hpp"
#include "core/base/member_set.hpp"
#include "core/order/log.hpp"
#include "core/order/outbox.hpp"

namespace core {

class Replication {
 public:
  struct Progress {
    Seq next = 1;               // first entry not yet sent
    Seq base = 1;               // first entry that this leader sent
    Seq matched = 0;            // the follower's word
    std::size_t in_flight = 0;  // bytes sent and not yet matched
    Backoff repeat;
    static void fields(auto& m, auto&& visit) {
      visit("next", m.next), visit("base", m.base), visit("matched", m.matched), visit("repeat", m.repeat);
    }
  };

  Replication() = default;
  Replication(std::size_t members, Seq next)
      : of_(members, Progress{.next = next, .base = next, .matched = 0, .in_flight = 0, .repeat = {}}) {}

  // It has lost what it had: nothing is known of its log any more.
  void lost(Member member, Seq next) {
    of_[member] = Progress{.next = next, .base = next, .matched = 0, .in_flight = 0, .repeat = {}};
  }

  [[nodiscard]] Progress& of(Member member) { return of_[member]; }
  [[nodiscard]] const Progress& of(Member member) const { return of_[member]; }

  // Something was sent to it of which it has not said that it has it.
  [[nodiscard]] bool under_way(Member member) const { return of_[member].matched + 1 < of_[member].next; }

  // The follower's log ends its agreement at `matched`. False: that was known.
  bool acknowledge(const Log& log, Member follower, Seq matched);

  // The highest seq that `quorum` of the voters hold, this leader (`self`) with all of `last`.
  [[nodiscard]] Seq held_by(std::size_t quorum, const MemberSet& voters, Member self, Seq last) const;
  // The earliest repeat.
  [[nodiscard]] Instant due() const;

  static void fields(auto& m, auto&& visit) { visit("of", m.of_); }

 private:
  std::vector<Progress> of_;
};

}  // namespace core
