#include "sim/check/electorate.hpp"

#include "core/group/voters.hpp"

namespace sim {

using core::Kind;
using core::Record;

namespace {

Bits as_bits(const core::MemberSet& set, std::size_t size) {
  Bits bits;
  for (std::size_t i = 0; i < size; ++i)
    if (set.has(static_cast<core::Member>(i))) bits.insert(i);
  return bits;
}

}  // namespace

Electorate::Electorate(const core::Config& group)
    : group_{&group}, voters_{as_bits(core::founders_of(group), group.size())}, remembering_{voters_} {}

bool Electorate::on(const Record& record) {
  switch (record.kind) {
    case Kind::start:
    case Kind::restart:
      leaving_.erase(record.node);
      if (forgets(record)) forget(record);
      return false;
    case Kind::crash:
      if (group_->storage == core::Storage::memory) forget(record);
      return false;
    case Kind::leave:
      leaving_.insert(record.node);
      return false;
    case Kind::role:
      if (record.role == core::Role::recovering || !forgetful_.has(record.node)) return false;
      forgetful_.erase(record.node);
      count(record.at);
      return true;
    default:
      return false;
  }
}

bool Electorate::propose_voters(const Record& order) {
  const bool changes = order.event != nullptr && core::changes_voters(*order.event);
  const bool replaces = proposed_ && order.epoch > proposed_->epoch && order.seq <= proposed_->seq;
  if (!changes && !replaces) return false;
  if (replaces) proposed_.reset();
  if (changes) proposed_ = Proposed{order.seq, order.epoch, voters_of(order)};
  count(order.at);
  return true;
}

void Electorate::change_voters(const Record& delivery) {
  if (delivery.event == nullptr) return;
  voters_ = voters_of(delivery);
  proposed_.reset();
  count(delivery.at);
}

Bits Electorate::voters_of(const Record& record) const {
  return as_bits(core::voters_in(record.event->payload, group_->size()), group_->size());
}

bool Electorate::forgets(const Record& record) const {
  if (record.kind == Kind::restart && group_->storage == core::Storage::memory) return true;
  return (record.kind == Kind::start || record.kind == Kind::restart) && record.forgot;
}

void Electorate::forget(const Record& record) {
  if (group_->quorum == core::Quorum::none) return;
  forgetful_.insert(record.node);
  count(record.at);
}

void Electorate::count(core::Instant at) {
  remembering_ = voters_.minus(forgetful_);
  if (group_->quorum == core::Quorum::none || halted_) return;
  const bool soon = proposed_ && !makes_quorum(proposed_->voters, proposed_->voters);
  if (soon || !makes_quorum(voters_, voters_)) halted_ = at;
}

}  // namespace sim
