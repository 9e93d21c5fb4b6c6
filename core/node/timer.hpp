// What a node waits for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace core {

enum class Timer : std::uint8_t {
  heartbeat,     // time for the next
  detector,      // some peer's deadline
  trust,         // the followed leader's beat stands still
  candidacy,     // no leader is known: start a round
  round,         // waiting for ANSWER, or for the COORDINATOR of those who answered
  claim,         // the claim has failed
  claim_repeat,  // CLAIM or FETCH again
  submit,        // repeat the oldest own events
  nack,          // ask again for what is missing
  replicate,     // repeat entries to silent followers
  hold,          // causes have stayed away too long
  progress,      // uncommitted entries do not move
  reclaim,       // a higher promise strands somebody: claim above it
  recover,       // ask again for what was forgotten
  city,          // see what the applications want
};
constexpr std::size_t kTimers = 15;

constexpr std::string_view name_of(Timer timer) {
  constexpr std::array<std::string_view, kTimers> names{
      "heartbeat", "detector",  "trust", "candidacy", "round",   "claim",   "claim_repeat", "submit",
      "nack",      "replicate", "hold",  "progress",  "reclaim", "recover", "city"};
  return names[static_cast<std::size_t>(timer)];
}

}  // namespace core
