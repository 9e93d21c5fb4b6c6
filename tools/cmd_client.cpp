#include "tools/client/clients.hpp"
#include "tools/commands.hpp"

namespace tools {

ExitCode run_command(const ClientOptions& options) {
  return Clients(options).run();
}

}  // namespace tools
