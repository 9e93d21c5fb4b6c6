// Failing runs as scenario files.
#pragma once

#include <string>

#include "tools/hunt/plan.hpp"
#include "tools/hunt/tally.hpp"

namespace tools {

struct FindOrder {
  const sim::Scenario* base = nullptr;  // that was varied; nullptr: drawn from scratch
  std::string folder;                   // is made if there is anything to write
  std::string program;                  // as it was called
  unsigned threads = 0;                 // 0: one for each core
};

void make_folder(const std::string& folder);  // unless it is there; throws BadInput

// "bully-seed-17.yaml": of a failing run, so that no two shards write the same.
std::string find_name(const std::string& signature, std::uint64_t seed);

// Writes a file for each failing run that the tally remembers, and enters it there: shrunk if the plan says so and
// nobody presses Ctrl-C, else as it was drawn. Throws BadInput if the folder cannot be written.
void write_finds(const Plan& plan, const FindOrder& order, Tally& tally);

}  // namespace tools
