// The house rules. Each takes what it judges and returns complaints, "path:line: what is wrong and what to do".
#pragma once

#include "tests/house/tree.hpp"

namespace house {

using Complaints = std::vector<std::string>;

// tools -> {sim, net} -> core -> standard library; yaml-cpp only where scenarios are decoded.
Complaints include_direction(const SourceFile& file);

// What makes a run depend on the machine, the clock or the library is not written in core and sim.
Complaints banned_names(const SourceFile& file);

// At most 400 lines of at most 120 characters, no tabs; headers are included once.
Complaints layout(const SourceFile& file);

// At most 70 lines from a function's first brace to its last.
Complaints function_length(const SourceFile& file);

// Few things lie at the root.
Complaints top_level_names(const std::vector<std::string>& names);

// The output of `nm -C --undefined-only` of core's library names no clock, socket, thread, file or random device.
Complaints foreign_symbols(const std::string& nm_output);

}  // namespace house
