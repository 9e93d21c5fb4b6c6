#include <unistd.h>

#include <iostream>

#include "tools/commands.hpp"
#include "tools/member/callers.hpp"
#include "tools/member/submitter.hpp"

namespace tools {

ExitCode run_command(const SubmitOptions& options) {
  auto nodes = find_nodes(options.whom);
  if (nodes.empty()) {
    std::cerr << "no node of group " << options.whom.group
              << " was heard; is one running, with the same --discovery?\n";
    return ExitCode::failed;
  }
  return Submitter(options, std::move(nodes), STDIN_FILENO).run();
}

}  // namespace tools
