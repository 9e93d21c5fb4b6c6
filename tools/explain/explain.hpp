// A violation in words that a student understands: which rule, who witnessed it, what led to it, how to see it again.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace tools {

struct Explanation {
  std::string invariant;
  core::Instant at;
  std::string rule;                // what the invariant says, in a sentence
  std::string breach;              // what happened here
  std::vector<std::string> chain;  // the shortest causal chain that led to it, oldest first, a line each
};

// Replays the scenario and explains the first violation of each invariant. A run that only fails an expectation gives
// one explanation with that name and no chain.
std::vector<Explanation> explain(const sim::Scenario& scenario, std::uint64_t seed);

// As lines without colour, at most `width` columns wide: for a terminal, or for the comment at the head of a file.
std::vector<std::string> lines_of(const Explanation& explanation, std::size_t width);

}  // namespace tools
