// Who saw that a rule was broken: the records that contradict one another.
#pragma once

#include <string>
#include <vector>

#include "tools/explain/chronicle.hpp"

namespace tools {

// REQUIRES: `violation` is the place of a `violation` record. Ascending; the last one brought it to light. Where it is
// no single record's matter (bully, liveness) there is none.
std::vector<Place> witnesses_of(const Chronicle& chronicle, Place violation);

// The last record of any node before the place: what the judge looked at when it found the violation there.
Place judged_at(const Chronicle& chronicle, Place violation);

}  // namespace tools
