// The commands that look for failures, as the user typed them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/time.hpp"

namespace CLI {
class App;
}

namespace tools {

struct FuzzOptions {
  std::string file;                    // is varied; "": every scenario is drawn from scratch
  std::optional<std::uint64_t> runs;   // all shards together; neither this nor `time`: 1000
  std::optional<core::Duration> time;  // real time: no run begins later
  std::uint64_t seed = 1;              // of the first run; the others count up
  std::string shard;                   // "3/8": the third of eight parts; "*/8", "": as the environment says
  std::string out = "fuzz-out";        // folder for what is found, made when needed
  std::string merge;                   // a folder of shards' results: nothing is run, they are put together; "": no
  std::uint64_t keep = 1;              // failing runs of each signature that become files
  bool json = false;
  bool as_drawn = false;  // failing scenarios are not shrunk
  unsigned threads = 0;   // 0: one for each core
  std::string program;    // as it was called, for the command that repeats a run
};

struct ShrinkOptions {
  std::string file;
  std::string out;                    // "": beside the file, as NAME-min.yaml
  std::optional<std::uint64_t> seed;  // beats the file's
  bool json = false;
  unsigned threads = 0;  // 0: one for each core
  std::string program;
};

// What is left out is the checker's own choice.
struct CheckOptions {
  std::string file;  // "": a small group of its own
  std::optional<std::uint64_t> depth, max_states;
  std::optional<std::uint64_t> crashes, losses, duplicates, suspicions, submits, epochs;  // budgets
  std::optional<std::uint64_t> late;   // links that others may overtake; UINT_MAX: any number
  bool anytime = false;                // trouble comes at any time; else only while the group rests
  std::optional<core::Duration> time;  // real time
  std::string out;                     // where a counterexample goes; "": its name is made up
  bool json = false;
  std::string program;
};

struct ExplainOptions {
  std::string file;
  std::optional<std::uint64_t> seed;  // beats the file's
  bool json = false;
  std::string program;
};

// The parser writes into these; numbers stay text until they are checked.
struct HuntTyped {
  FuzzOptions fuzz;
  ShrinkOptions shrink;
  CheckOptions check;
  ExplainOptions explain;
  std::string runs, time, seed, keep, threads;
  std::string depth, max_states, crashes, losses, duplicates, suspicions, submits, epochs, late;
};

// REQUIRES: `typed` outlives `app`.
void add_hunt_commands(CLI::App& app, HuntTyped& typed);

// Check the numbers. They throw BadInput.
FuzzOptions finish_fuzz(HuntTyped& typed, const std::string& program);
ShrinkOptions finish_shrink(HuntTyped& typed, const std::string& program);
CheckOptions finish_check(HuntTyped& typed, const std::string& program);
ExplainOptions finish_explain(HuntTyped& typed, const std::string& program);

}  // namespace tools
