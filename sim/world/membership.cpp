#include "sim/world/membership.hpp"

#include <utility>

#include "sim/world/aim.hpp"
#include "sim/world/targets.hpp"

namespace sim {

void MembershipDriver::schedule() {
  for (std::size_t i = 0; i < scenario_.membership.size(); ++i)
    timeline_.push(
        {core::Instant{} + scenario_.membership[i].at, Due::Kind::membership, 0, 0, static_cast<std::uint32_t>(i)});
}

void MembershipDriver::change(const Due& due) {
  const MembershipChange& item = scenario_.membership[due.arg];
  const std::vector<Standing> standings = machines_.standings();
  const core::Rng rng = core::Rng::stream(seed_, core::Purpose::membership, {due.arg});
  const Members members = Targets(scenario_.group, standings, core::kNobody, rng).find(item.who);
  if (script_ != nullptr) write_down(item, members);
  for (const Member member : members) {
    const Life life = machines_.life(member);
    if (item.kind == MembershipChange::Kind::join && life == Life::down) machines_.join(member);
    if (item.kind == MembershipChange::Kind::leave && life == Life::up) machines_.leave(member);
  }
}

// A newcomer who is not there yet does not leave, and named he would count as one who was there from the beginning.
void MembershipDriver::write_down(const MembershipChange& item, Members members) {
  std::erase_if(members, [&](Member member) {
    return item.kind == MembershipChange::Kind::leave && !scenario_.group.members[member].founder &&
           machines_.life(member) != Life::up;
  });
  if (!members.empty())
    script_->membership.push_back({.kind = item.kind, .who = named(members), .at = timeline_.now() - core::Instant{}});
}

}  // namespace sim
