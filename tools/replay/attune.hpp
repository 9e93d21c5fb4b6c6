// Makes a simulated run as like the live one as it gets. Simulated nodes do at once what takes live ones some time, and
// their timers are never late, so now and then they send a message more or less; from then on the nth message of a
// kind is not the live nth. So the run is tried, and what was sent is given the fates of what was sent live at about
// that time, some times over.
#pragma once

#include "tools/replay/crossings.hpp"
#include "tools/replay/likeness.hpp"

namespace tools {

// Sets the fates of the scenario's messages. Throws CutShort after Ctrl-C.
void attune(sim::Scenario& scenario, const Crossings& crossings, const Likes& live);

}  // namespace tools
