// The configuration file of a node: the keys `group`, `timing` and `lights` of scenarios, and its own
// flags with _ in place of -.
#pragma once

#include <string>

#include "tools/command_line_member.hpp"

namespace tools {

// What the file says, as if it had been typed; `settings` gets the rest. Throws BadInput with every
// mistake.
MemberTyped read_config_file(const std::string& file, core::Config& settings);

}  // namespace tools
