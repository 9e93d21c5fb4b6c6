// A path that breaks a rule, made as short as it gets.
#pragma once

#include <vector>

#include "sim/explore/search.hpp"

namespace sim {

// Leaves out steps, in chunks and at last one by one, while the same invariant is broken; what is not possible without
// them goes with them. The result is 1-minimal: without any single step the rest does not break that invariant.
// REQUIRES: the path breaks it, from Model::settled() on.
Found shrink_path(const core::Config& config, std::uint64_t seed, Found found);

// The path as a file has it, with the types of its messages and without what is not possible.
std::vector<PlannedStep> as_planned(const core::Config& config, std::uint64_t seed, const std::vector<Step>& path);

}  // namespace sim
