// A live run as a command asks for it: where its nodes keep their data, and what is left of that in the end.
#pragma once

#include "tools/campaign.hpp"

namespace tools {

// REQUIRES: options outlive the runner.
Runner live_runner(const RunOptions& options);

}  // namespace tools
