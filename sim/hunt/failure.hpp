// By what a failed run is known. The hunters look for failures, and a smaller scenario counts as the same failure
// only if it has the same signature.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "sim/world/replay.hpp"

namespace sim {

struct Failure {
  std::string signature;  // the invariant first violated; else `expect NAME`, of the first expectation not held;
                          // else `check`, when the program itself found that it is wrong
  core::Instant at;       // of the violation; the end for the others
  std::string detail;
};

// nullopt: it has passed. Violations that the file declares or tolerates count for nothing; nor do faults that found
// no target, since hunters throw faults blindly.
std::optional<Failure> failure_of(const Scenario& scenario, const Outcome& outcome);

// Replays, and turns a check of the program that fails into a failure as well.
// `outcome`: where to, unless a check failed. `sinks` hear every record.
std::optional<Failure> try_out(const Scenario& scenario, std::uint64_t seed, Outcome* outcome = nullptr,
                               std::span<core::RecordSink* const> sinks = {});

}  // namespace sim
