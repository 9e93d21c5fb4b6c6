// What a leader proposes so that crashes go on: the oldest first, the nearest ambulance, then the nearest bed (equally
// near: the lesser name). Nothing here is agreed on; a proposal takes effect when it is delivered and still fits.
#pragma once

#include <vector>

#include "core/base/member_set.hpp"
#include "core/city/dispatch.hpp"
#include "core/city/plan.hpp"
#include "core/city/proposals.hpp"

namespace core {

class Dispatcher {
 public:
  // Whom this node hears now, itself included.
  void note(Instant now, const MemberSet& heard, std::size_t members);

  // Appends what to propose now that is not under way.
  void propose(Instant now, const Dispatch& state, const DispatchPlan& plan, const Proposals& under_way,
               std::vector<Proposal>& out) const;

  static void fields(auto& m, auto&& visit) { visit("lost_since", m.lost_since_); }

 private:
  void give_up_lost(Instant now, const Dispatch& state, const DispatchPlan& plan, UnitKind kind,
                    const Proposals& under_way, std::vector<Proposal>& out) const;

  std::map<Member, Instant> lost_since_;  // servers that are not heard
};

}  // namespace core
