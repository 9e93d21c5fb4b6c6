#include "tests/core/ledger.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/order/decided.hpp"

namespace tests {

using core::EventId;
using core::Kind;

void Ledger::step(const Step& step) {
  core::Durable disk = step.disk;
  for (std::size_t i = 0; i < step.carried_out; ++i) {
    const core::Effect& effect = step.effects.list()[i];
    if (effect.kind == core::Effect::Kind::fact) note(step.effects.facts()[effect.index]);
    if (effect.kind != core::Effect::Kind::persist) continue;
    note(disk, step.effects.persists()[effect.index]);
    disk.apply(step.effects.persists()[effect.index]);
  }
}

void Ledger::note(const core::Durable& disk, const core::Persist& record) {
  if (const auto* taken = std::get_if<core::SnapshotTaken>(&record)) {
    const core::KeptSnapshot& kept = *taken->snapshot;
    REQUIRE(states_.try_emplace(kept.state.at.seq, kept.bytes).first->second == kept.bytes);
  }
  if (const auto* own = std::get_if<core::Accepted>(&record)) REQUIRE(accepted_.insert(own->event->id).second);
  if (const auto* promise = std::get_if<core::PromiseMade>(&record)) {
    REQUIRE((!disk.recovering || promise->to == core::kNobody));
    REQUIRE(promise->epoch >= disk.promised);
  }
}

void Ledger::note(const core::Record& fact) {
  ++counts_[fact.kind];
  if (fact.kind == Kind::violation) FAIL(fact.more->text << ": " << fact.more->detail);
  if (fact.kind == Kind::submit) REQUIRE(accepted_.contains(fact.id));
  if (fact.kind == Kind::ack || (fact.kind == Kind::reject && fact.id.number != 0)) REQUIRE(++told_[fact.id] == 1);
  if (fact.kind == Kind::role && fact.role == core::Role::leader)
    REQUIRE(leaders_.try_emplace(fact.epoch, fact.node).first->second == fact.node);
  if (fact.kind == Kind::snapshot) {
    REQUIRE(fact.seq > delivered_[fact.node]);
    delivered_[fact.node] = fact.seq;
  }
  if (fact.kind == Kind::deliver) deliver(fact);
}

void Ledger::deliver(const core::Record& fact) {
  REQUIRE(fact.seq == ++delivered_[fact.node]);
  const auto [known, fresh] = order_.emplace(fact.seq, fact.id);
  REQUIRE(known->second == fact.id);
  if (fresh) decide(fact);
}

void Ledger::decide(const core::Record& fact) {
  if (fact.event->type == core::kVotersChanged && fact.id.internal()) ++voter_changes_;
  if (fact.event->type == core::kRejected) {
    REQUIRE(!place_.contains(fact.event->rejects));
    REQUIRE(rejected_.insert(fact.event->rejects).second);
  } else if (!fact.id.internal()) {
    REQUIRE(accepted_.contains(fact.id));
    REQUIRE(!rejected_.contains(fact.id));
    REQUIRE(place_.emplace(fact.id, fact.seq).second);
    for (const EventId cause : fact.event->depends_on) REQUIRE(place_.contains(cause));
    const EventId before{fact.id.origin, fact.id.number - 1};
    REQUIRE((before.number == 0 || place_.contains(before) || rejected_.contains(before)));
  }
}

void Ledger::forgot(Member member, const core::Durable& disk) {
  for (const core::EventRef& event : disk.pending) excused_.insert(event->id);
  delivered_[member] = 0;
}

bool Ledger::settled(Cluster& cluster) {
  const Member leader = cluster.leader_of_all();
  if (leader == core::kNobody || cluster.node(leader).voters().count() != cluster.size()) return false;
  for (Member member = 0; member < cluster.size(); ++member) {
    if (!cluster.up(member) || cluster.disk(member).recovering || !cluster.disk(member).pending.empty()) return false;
    const core::Node& node = cluster.node(member);
    if (node.log().last() != cluster.node(leader).log().last() || node.commit() != node.log().size()) return false;
  }
  return true;
}

void Ledger::check_complete(Cluster& cluster) const {
  for (Member member = 0; member < cluster.size(); ++member) REQUIRE(delivered_.at(member) == order_.size());
  for (const EventId id : accepted_)
    if (!excused_.contains(id)) REQUIRE(place_.contains(id) != rejected_.contains(id));
}

int Ledger::count(Kind kind) const {
  const auto found = counts_.find(kind);
  return found == counts_.end() ? 0 : found->second;
}

}  // namespace tests
