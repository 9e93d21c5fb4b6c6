// What can happen next in a small group, when nobody asks how long anything takes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/node/timer.hpp"

namespace sim {

// A group of more members is too large to be driven by single steps, and to be explored.
constexpr std::size_t kMostExplored = 4;

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
  // `node` dies when so many of the step's effects are done, if it can_be_cut(); 0: it does not
  std::uint8_t cut = 0;

  friend bool operator==(const Step&, const Step&) = default;
};

// The timers that steps can fire: the others are about suspicion and trust, and `suspect` stands for them.
inline constexpr std::array kFired{core::Timer::heartbeat,    core::Timer::candidacy, core::Timer::round,
                                   core::Timer::claim,        core::Timer::hold,      core::Timer::progress,
                                   core::Timer::reclaim,      core::Timer::recover,   core::Timer::submit,
                                   core::Timer::claim_repeat, core::Timer::nack,      core::Timer::replicate};

// The kind's key in a file.
constexpr std::string_view name_of(Step::Kind kind) {
  constexpr std::array<std::string_view, 9> names{"deliver", "fire",  "submit", "lose",   "duplicate",
                                                  "suspect", "delay", "crash",  "restart"};
  return names[static_cast<std::size_t>(kind)];
}

// Those that a file can have: where all may come at any time, a delay is nothing of its own.
inline constexpr std::array kPlannedKinds{Step::Kind::deliver, Step::Kind::fire,      Step::Kind::submit,
                                          Step::Kind::lose,    Step::Kind::duplicate, Step::Kind::suspect,
                                          Step::Kind::crash,   Step::Kind::restart};

constexpr bool concerns_message(Step::Kind kind) {
  return kind == Step::Kind::deliver || kind == Step::Kind::lose || kind == Step::Kind::duplicate;
}

// `node` can die in the middle of it.
constexpr bool can_be_cut(Step::Kind kind) {
  return kind != Step::Kind::lose && kind != Step::Kind::delay && kind != Step::Kind::crash &&
         kind != Step::Kind::restart;
}

// A rehearsal's clock: each step comes so long after the one before, and the end after the last.
constexpr core::Duration kPerStep = core::Duration::ms(1);
constexpr core::Duration time_of(std::size_t steps) {
  return kPerStep * static_cast<std::int64_t>(steps + 1);
}

// One as it stands in a file.
struct PlannedStep {
  Step step;
  std::string what;  // type of the message that is delivered, lost or duplicated, for the reader; "": not said
};

}  // namespace sim
