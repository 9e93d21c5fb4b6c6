// One run of a scenario with real processes in real time. Who is struck when, what is submitted, what the records come
// to: all that is the simulator's; only nodes, links, clocks and disks are real.
#pragma once

#include <filesystem>
#include <span>

#include "net/wire/frames.hpp"
#include "sim/world/replay.hpp"

namespace tools {

struct LiveOrder {
  const sim::Scenario* scenario = nullptr;
  std::uint64_t seed = 1;
  std::filesystem::path folder;  // for the data of the nodes and the recordings of their lives; there, and empty
  net::Form form = net::Form::binary;
};

// Everything that is recorded goes to each of `sinks` as well, in the order of time; what one throws ends the run.
// Faults that could not be applied on time are among the notes of the judgement. Throws std::runtime_error if processes
// cannot be had, and CutShort after Ctrl-C. No process outlives the call.
sim::Outcome run_live(const LiveOrder& order, std::span<core::RecordSink* const> sinks);

}  // namespace tools
