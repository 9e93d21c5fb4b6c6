// --help and --version.
#include <iostream>

#include "tools/commands.hpp"

namespace tools {

ExitCode run_command(const Information& information) {
  std::cout << information.text;
  return ExitCode::held;
}

}  // namespace tools
