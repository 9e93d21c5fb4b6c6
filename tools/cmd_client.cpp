#include "tools/client/clients.hpp"
#include "tools/client/light.hpp"
#include "tools/commands.hpp"

namespace tools {

ExitCode run_command(const ClientOptions& options) {
  return options.lamp ? run_light(options) : Clients(options).run();
}

}  // namespace tools
