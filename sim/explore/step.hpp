// What can happen next in a small group, when nobody asks how long anything takes.
#pragma once

#include <cstdint>

#include "core/node/state.hpp"

namespace sim {

struct Step {
  enum class Kind : std::uint8_t {
    deliver,    // the oldest message from `peer` reaches `node`, or the news that `peer` has crashed
    fire,       // `timer` of `node` runs out
    submit,     // `node` is given an event
    lose,       // the oldest message from `peer` to `node` is lost
    duplicate,  // and here it comes, and will come once more
    suspect,    // `node` is wrong about `peer`: its connection breaks
    delay,      // whatever `peer` has on its way to `node` comes later than all the rest
    crash,      // `node` dies
    restart,    // and comes back with what its disk holds
  } kind{};
  core::Member node = 0;
  core::Member peer = core::kNobody;
  core::Timer timer{};
  std::uint8_t cut =
      0;  // deliver, fire, submit: `node` dies when so many of the step's effects are done; 0: it does not

  friend bool operator==(const Step&, const Step&) = default;
};

// The timers that steps can fire: the others are about suspicion and trust, and `suspect` stands for them.
inline constexpr std::array kFired{core::Timer::heartbeat,    core::Timer::candidacy, core::Timer::round,
                                   core::Timer::claim,        core::Timer::hold,      core::Timer::progress,
                                   core::Timer::reclaim,      core::Timer::recover,   core::Timer::submit,
                                   core::Timer::claim_repeat, core::Timer::nack,      core::Timer::replicate};

// Arrivals at two nodes, or timers of theirs that are due at once, commute unless one takes from a link what the other
// puts there. Other timers wait for quiet, which any step may end; and trouble uses up what is left of it.
constexpr bool independent(const Step& a, const Step& b) {
  const bool a_takes = a.kind == Step::Kind::deliver && a.peer == b.node;
  const bool b_takes = b.kind == Step::Kind::deliver && b.peer == a.node;
  return a.node != b.node && !a_takes && !b_takes;
}

}  // namespace sim
