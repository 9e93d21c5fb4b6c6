// Runs one scenario with one seed in virtual time.
#pragma once

#include <array>
#include <span>
#include <string>

#include "core/base/digest.hpp"
#include "core/trace/record.hpp"
#include "sim/check/verdict.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct Script;

struct Outcome {
  Judgement judgement;
  core::Digest digest;                               // over every record, in order
  std::array<std::uint64_t, core::kKinds> counts{};  // records by kind
  std::uint64_t events = 0;                          // sends + deliveries of messages + timers fired
  core::Instant end;

  [[nodiscard]] std::uint64_t count(core::Kind kind) const { return counts[static_cast<std::size_t>(kind)]; }
};

// Everything that is recorded goes to each of `sinks` as well, in order. `script`: takes down what was left to dice.
// Two replays may run at once in two threads; they share nothing but the scenario. The same scenario and seed give the
// same records and digest.
Outcome replay(const Scenario& scenario, std::uint64_t seed, std::span<core::RecordSink* const> sinks = {},
               Script* script = nullptr);

}  // namespace sim
