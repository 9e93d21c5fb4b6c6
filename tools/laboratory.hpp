// Failures made small: many variations of a scenario are replayed, in several threads, and the smallest that still
// fails in the same way is what is left.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/hunt/failure.hpp"
#include "sim/hunt/shrink.hpp"

namespace tools {

struct ShrinkOrder {
  const sim::Scenario* scenario = nullptr;
  std::uint64_t seed = 1;
  unsigned threads = 0;   // 0: one for each core
  bool progress = false;  // tell on stderr what is tried, if that is a terminal
};

struct ShrinkResult {
  sim::Failure before;  // of the scenario as it was given
  sim::Shrunk shrunk;   // its scenario holds the seed with which it fails
  sim::Failure after;   // of what is left; it has the same signature
};

// nullopt: the scenario passes. The answer does not depend on the number of threads. After Ctrl-C it is what has been
// found so far, and `one_minimal` is false.
std::optional<ShrinkResult> shrink_failure(const ShrinkOrder& order);

}  // namespace tools
