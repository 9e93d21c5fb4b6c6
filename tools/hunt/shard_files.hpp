// The results of shards as files in a folder, and what they are together.
#pragma once

#include <string>

#include "tools/hunt/plan.hpp"
#include "tools/hunt/shard.hpp"
#include "tools/hunt/tally.hpp"

namespace tools {

// "shard-0003-of-0008.json"
std::string shard_file_name(const Shard& shard);

// Into the folder, which is there; a file of the same shard is replaced at once. Throws BadInput.
void write_shard(const std::string& folder, const Shard& shard, const Plan& plan, const Tally& tally);

struct Merged {
  Plan plan;
  Tally tally;
};

// Reads all shards of the folder. Throws BadInput if there are none, one is missing or cannot be read, or they are of
// different campaigns or versions of the program.
Merged merge_shards(const std::string& folder, const std::string& program);

}  // namespace tools
