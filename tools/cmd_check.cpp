// `check`: not built yet.
#include "tools/commands.hpp"

namespace tools {

ExitCode run_command(const CheckOptions&) {
  throw BadInput("bellwether: check is not built yet");
}

}  // namespace tools
