// `fuzz`: not built yet.
#include "tools/commands.hpp"

namespace tools {

ExitCode run_command(const FuzzOptions&) {
  throw BadInput("bellwether: fuzz is not built yet");
}

}  // namespace tools
