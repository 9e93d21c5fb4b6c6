// The applications of this node: what is delivered is applied, and what they propose is submitted like anything else.
// They look at what is new at the earliest after the step that brought it: so nothing is proposed, or commanded, but
// on the ground of what the group has committed.
#include <algorithm>
#include <utility>

#include "core/node/node.hpp"

namespace core {

void Node::apply_to_city(Step s, const Event& event) {
  if (!city_ || event.id.internal()) return;
  City::Outcome outcome = city_->apply(event);
  for (DispatchFact& fact : outcome.facts)
    s.out.fact(Record{.kind = Kind::dispatch, .node = self_}, Details{.dispatch = std::move(fact)});
  for (const LampOrder& order : outcome.orders) s.out.order(order);
  set(Timer::city, s.now);
}

void Node::tend_city(Step s) {
  if (!city_ || retiring_) return;
  MemberSet heard = presence_.hears();
  heard.insert(self_);
  for (const Proposal& proposal : city_->look(s.now, role_ == Role::leader, heard, decided_.last_of(origin()))) {
    const EventId id = submit(s.now, proposal.event, s.out);
    if (id.number == 0) return set(Timer::city, s.now + config_->timing.retransmit);
    city_->placed(proposal, id.number);
  }
  set(Timer::city, std::min(due(Timer::city), city_->next_look()));
}

void Node::lamp(Instant now, const LampReport& report, Effects& out) {
  if (halted_ || !city_ || !city_->hear(report)) return;
  tend_city({now, out});
}

}  // namespace core
