// Failures made small: many variations of a scenario are replayed, in several threads, and the smallest that still
// fails in the same way is what is left.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

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

// The file that keeps the failure: a comment says what fails, how small it is and how to see it again as `file`.
std::string regress_file(const ShrinkResult& result, const std::string& program, const std::string& file);

// "3 nodes, 2 faults, 1 send; 1-minimal: nothing can be left out"
std::string size_in_words(const sim::Shrunk& shrunk);

// Writes the file at `path` and makes sure that it fails in the same way when it is read again. Throws BadInput if it
// cannot be written, std::logic_error if it is not the same: then this program is wrong.
void write_regress_file(const ShrinkResult& result, const std::string& program, const std::string& path);

}  // namespace tools
