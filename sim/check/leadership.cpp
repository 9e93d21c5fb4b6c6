#include "sim/check/leadership.hpp"

#include <algorithm>

namespace sim {

using core::Kind;
using core::Member;

Leadership::Leadership(const core::Config& group) : quorum_{group.quorum}, nodes_(group.size()) {}

bool Leadership::on(const core::Record& record) {
  if (record.node >= nodes_.size()) return false;
  switch (record.kind) {
    case Kind::leader:
      nodes_[record.node].believes = record.peer;
      return false;
    case Kind::role:
      return set_leading(record.node, record.role == core::Role::leader, record.epoch);
    case Kind::start:
    case Kind::restart:
    case Kind::crash:
      nodes_[record.node].believes = core::kNobody;
      return set_leading(record.node, false, 0);
    default:
      return false;
  }
}

bool Leadership::set_leading(Member node, bool leads, core::Epoch epoch) {
  const auto place = std::find(leaders_.begin(), leaders_.end(), node);
  const bool led = place != leaders_.end();
  if (!led && !leads) return false;
  if (led && !leads) leaders_.erase(place);
  if (!led && leads) leaders_.push_back(node);
  nodes_[node].epoch = epoch;
  if (leads) highest_epoch_ = std::max(highest_epoch_, epoch);
  return true;
}

Member Leadership::of(const Side& side, const Connectivity& connectivity) const {
  Member best = core::kNobody;
  for (const Member node : leaders_) {
    if (!side.members.has(node) || !connectivity.hears_quorum(node)) continue;
    if (quorum_ == core::Quorum::majority && epoch_of(node) != highest_epoch_) continue;
    if (best == core::kNobody || epoch_of(node) > epoch_of(best)) best = node;
  }
  return best;
}

Member Leadership::of_all(const Connectivity& connectivity) const {
  Member best = core::kNobody;
  for (const Member node : leaders_) {
    if (!connectivity.live(node)) continue;
    if (best == core::kNobody || epoch_of(node) > epoch_of(best)) best = node;
  }
  return best;
}

}  // namespace sim
