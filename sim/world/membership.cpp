#include "sim/world/membership.hpp"

#include "sim/world/targets.hpp"

namespace sim {

void MembershipDriver::schedule() {
  for (std::size_t i = 0; i < scenario_.membership.size(); ++i)
    timeline_.push(
        {core::Instant{} + scenario_.membership[i].at, Due::Kind::membership, 0, 0, static_cast<std::uint32_t>(i)});
}

void MembershipDriver::change(const Due& due) {
  const MembershipChange& item = scenario_.membership[due.arg];
  const std::vector<Standing> standings = hosts_.standings();
  const core::Rng rng = core::Rng::stream(seed_, core::Purpose::membership, {due.arg});
  for (const Member member : Targets(scenario_.group, standings, core::kNobody, rng).find(item.who)) {
    const Life life = hosts_.life(member);
    if (item.kind == MembershipChange::Kind::join && life == Life::down) hosts_.join(member);
    if (item.kind == MembershipChange::Kind::leave && life == Life::up) hosts_.leave(member);
  }
}

}  // namespace sim
