// Scenarios drawn at random: a whole schedule of trouble from one number (Groce, Zhang, Eide, Chen, Regehr: "Swarm
// testing", ISSTA 2012: each draw leaves out a random part of the kinds of trouble altogether, so that no kind always
// hides what another would show).
#pragma once

#include "sim/scenario/scenario.hpp"

namespace sim {

// The same seed draws the same scenario, for ever: a change here changes what `fuzz --seed N` means. First a phase of
// faults, in which only safety is asked for; then `calm` for a majority and time for it to agree and deliver.
Scenario swarm(std::uint64_t seed);

// The given scenario, its network, workload and faults varied at random. Of what it expects only the invariants are
// left, and those that it declares or tolerates may be violated: the rest tells of the one course that the file takes.
Scenario vary(const Scenario& scenario, std::uint64_t seed);

}  // namespace sim
