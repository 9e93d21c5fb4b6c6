// One run of a campaign that looks for failures.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "sim/hunt/failure.hpp"
#include "tools/hunt/coverage.hpp"

namespace tools {

using Counts = std::map<std::string, std::uint64_t>;

struct Trial {
  std::uint64_t seed = 1;
  std::optional<sim::Failure> failure;
  core::Duration simulated;
  std::uint64_t events = 0;
  bool twice = false;    // it was done twice, to compare the digests
  bool settled = false;  // it ends in a settled period of a group that has not halted: liveness was judged there
  bool halted = false;   // by design
  Counts faults;         // how often each kind struck
  Counts records;        // of each kind
  Features features;
};

// The signature of a run that is not the same when it is done again.
constexpr const char* kNotTheSame = "determinism";

// The scenario of a run: drawn from its seed, or `base` varied by it.
sim::Scenario scenario_of(const sim::Scenario* base, std::uint64_t seed);

// Draws and runs; 5 % of the seeds twice. Nothing if Ctrl-C cut it short.
std::optional<Trial> try_seed(const sim::Scenario* base, std::uint64_t seed);

}  // namespace tools
