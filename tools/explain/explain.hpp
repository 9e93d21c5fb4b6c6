// A violation in words that a student understands: which rule, who witnessed it, what led to it, how to see it again.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "sim/world/replay.hpp"
#include "tools/explain/chronicle.hpp"

namespace tools {

// One step of a story.
struct Step {
  core::Instant at;
  std::string text;
  bool witness = false;    // it contradicts the witnesses of the other threads
  Place place = kNowhere;  // of the record, of a crowd the first; kNowhere: it stands for steps that are not told
};

// What led to one witness, oldest first.
struct Thread {
  std::string title;
  std::vector<Step> steps;
};

struct Explanation {
  std::string invariant;  // or `expect NAME`, or `check`, as in sim::Failure
  core::Instant at;
  std::string rule;             // what the invariant says, in a sentence
  std::string breach;           // what happened here
  std::vector<Thread> threads;  // what they have in common comes first, in a thread of its own
  bool declared = false;        // the file declares or tolerates it, so it is no failure
};

// The first violation of each invariant that the chronicle has, in the order in which they came.
std::vector<Explanation> explain(const Chronicle& chronicle, const sim::Scenario& scenario);

// The same for a whole run. One that only fails an expectation gives one more explanation, without threads.
std::vector<Explanation> explain(const Chronicle& chronicle, const sim::Scenario& scenario,
                                 const sim::Outcome& outcome);

// Replays the scenario and explains its violations. A run that fails a check of the program gives one more explanation,
// without threads.
std::vector<Explanation> explain(const sim::Scenario& scenario, std::uint64_t seed);

// As lines without colour, at most `width` columns wide: for a terminal, or for the comment at the head of a file.
std::vector<std::string> lines_of(const Explanation& explanation, std::size_t width);

}  // namespace tools
