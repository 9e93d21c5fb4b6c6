// What happens to nodes, links and machines, in words, as the records tell it.
#pragma once

#include <string>

#include "core/trace/record.hpp"
#include "sim/scenario/scenario.hpp"

namespace tools {

// "crashes", "restarts without its memory"; `several`: "crash". REQUIRES: a start, restart, crash, pause, resume or
// leave.
std::string happens(const core::Record& record, bool several = false);

// "partition: n1 n2 | n3 n4 n5". Empty for what strikes nodes, whose own records tell it. REQUIRES: a fault or heal.
std::string fault_in_words(const core::Record& record, const sim::Scenario& scenario);

// What such a fault does is over at once, unless something heals it; its nodes' records tell the rest.
bool is_moment(const std::string& fault);

}  // namespace tools
