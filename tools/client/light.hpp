// A lamp of the group's traffic lights as a program of its own.
#pragma once

#include "tools/command_line_client.hpp"
#include "tools/exit_code.hpp"

namespace tools {

// Until it is stopped, or there is no such lamp. REQUIRES: options.lamp.
ExitCode run_light(const ClientOptions& options);

}  // namespace tools
