// A node of a live run: what its process does from the fork to its end.
#pragma once

#include <filesystem>
#include <optional>

#include "net/runtime/sockets.hpp"
#include "net/store/store.hpp"
#include "sim/scenario/scenario.hpp"
#include "tools/live/board.hpp"

namespace tools {

struct NodeSetting {
  const sim::Scenario& scenario;
  std::uint64_t seed;
  core::Member self;
  std::uint64_t incarnation;  // of its processes, from 1
  net::Addresses addresses;
  std::filesystem::path folder;  // its own is in it, by its name, and so is the recording of its life
  bool damage = false;           // first damage what lies there
  net::Form form = net::Form::binary;
  core::EventId submitted;  // of its newest `submit` record so far
};

// How a node's process ends by itself.
enum class NodeEnd : int { left = 20, halted = 21, disk_full = 22, broken = 23 };

// Runs the node until its process is killed or it stops by itself. It says on `connection` (a byte) that it is ready,
// waits there for a byte before it starts, and then takes orders from it. When the connection ends, so does the
// process. Never returns.
[[noreturn]] void run_node_process(const NodeSetting& setting, Board& board, int connection);

}  // namespace tools
