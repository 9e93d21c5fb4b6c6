// What can be taken out of a scenario, so that the rest is a scenario again.
#pragma once

#include <optional>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

enum class PartKind : std::uint8_t { load, fault, membership, event, fate, step, dispatch, lights };
struct Part {
  PartKind kind{};
  std::size_t index = 0;  // in its list
};
using Parts = std::vector<Part>;

Parts parts_of(const Scenario& scenario);                 // all but fates and steps
Parts parts_of(const Scenario& scenario, PartKind kind);  // of one kind

// Who depended on an event that is left out depends on its causes instead.
Scenario without(Scenario scenario, const Parts& parts);

// Each member becomes another or kNobody; who becomes the same is one node from then on. The survivors stand in the
// order of the new numbers. What was only about nobody is left out.
Scenario renumbered(const Scenario& scenario, const std::vector<Member>& become);
Scenario without_nodes(const Scenario& scenario, const std::vector<Member>& nodes);
// As if all that `from` did had been done by `to`.
Scenario merged(const Scenario& scenario, Member from, Member to);

// Ends earlier: what would come later is left out. REQUIRES: duration > 0.
Scenario cut_to(Scenario scenario, Duration duration);

// Founders and digests as they follow from the rest; nullopt if this is no scenario that a file could hold.
std::optional<Scenario> completed(Scenario scenario);

}  // namespace sim
