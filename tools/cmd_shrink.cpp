// `shrink`: not built yet.
#include "tools/commands.hpp"

namespace tools {

ExitCode run_command(const ShrinkOptions&) {
  throw BadInput("bellwether: shrink is not built yet");
}

}  // namespace tools
