// Which part of the runs this process does, as the user says or the machinery that started it: Slurm's array jobs,
// Open MPI's ranks, Kubernetes' indexed jobs. What a part consists of depends on its number and their count alone.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace tools {

struct Shard {
  std::uint32_t index = 1;  // 1..count
  std::uint32_t count = 1;
  friend bool operator==(const Shard&, const Shard&) = default;
};

using Environment = std::function<const char*(const char* name)>;  // as getenv: nullptr if it is not set

struct ShardChoice {
  std::optional<Shard> shard;  // nothing: all runs
  std::string from;            // the variable that told the number; "": the user did
};

// `text`: "3/8" is the third of eight; "*/8" takes the number from the environment; "" all of it, and if nothing is
// found there either, no part is meant. Throws BadInput.
ShardChoice choose_shard(const std::string& text, const Environment& environment);

// The runs of a shard: every count-th, so that parts differ by one run at most.
std::uint64_t runs_of(const Shard& shard, std::uint64_t all);
std::uint64_t place_of(const Shard& shard, std::uint64_t run);  // among all runs, from 0

}  // namespace tools
