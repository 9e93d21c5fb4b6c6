// `explain`: not built yet.
#include "tools/commands.hpp"

namespace tools {

ExitCode run_command(const ExplainOptions&) {
  throw BadInput("bellwether: explain is not built yet");
}

}  // namespace tools
