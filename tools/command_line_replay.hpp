// `replay`, as the user typed it.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace tools {

struct ReplayOptions {
  std::vector<std::string> recordings;  // one folder, or files
  std::string out;                      // where the scenario goes; "": into the folder, as replay.yaml
  bool node_only = false;               // the group is not replayed
  bool json = false;
  std::string program;  // as it was called, for the command that repeats a run
};

// REQUIRES: `options` outlive `app`.
void add_replay(CLI::App& app, ReplayOptions& options);
// Throws BadInput.
ReplayOptions finish_replay(ReplayOptions& options, const std::string& program);

}  // namespace tools
