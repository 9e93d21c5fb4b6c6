// Random trouble, then calm: whatever happened, all have delivered the same events in the same causal order, none
// twice, and nothing that was accepted is forgotten.
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "core/order/decided.hpp"
#include "tests/core/chaos.hpp"

using core::Duration;
using core::EventId;
using core::Member;
using core::Seq;

namespace {

struct Ledger {
  std::map<Seq, EventId> order;                            // what anybody delivered there
  std::map<EventId, const std::vector<EventId>> accepted;  // with their causes
  std::map<EventId, Seq> place;                            // of ordered events
  std::set<EventId> rejected;
  std::map<Member, Seq> delivered;  // by this incarnation
  std::map<EventId, int> told;      // clients

  void step(const tests::Step& step) {
    for (std::size_t i = 0; i < step.carried_out; ++i) {
      const core::Effect& effect = step.effects.list()[i];
      if (effect.kind == core::Effect::Kind::fact) note(step.effects.facts()[effect.index]);
    }
  }
  void note(const core::Record& fact) {
    REQUIRE(fact.kind != core::Kind::violation);
    if (fact.kind == core::Kind::submit) accepted.emplace(fact.id, fact.event->depends_on);
    if (fact.kind == core::Kind::ack || fact.kind == core::Kind::reject) REQUIRE(++told[fact.id] == 1);
    if (fact.kind == core::Kind::deliver) deliver(fact);
  }
  void deliver(const core::Record& fact) {
    REQUIRE(fact.seq == ++delivered[fact.node]);
    const auto [known, fresh] = order.emplace(fact.seq, fact.id);
    REQUIRE(known->second == fact.id);
    if (!fresh) return;
    if (fact.event->type == core::kRejected) {
      REQUIRE(!place.contains(fact.event->rejects));
      REQUIRE(rejected.insert(fact.event->rejects).second);
    } else if (!fact.id.internal()) {
      REQUIRE(!rejected.contains(fact.id));
      REQUIRE(place.emplace(fact.id, fact.seq).second);
      for (const EventId cause : fact.event->depends_on) REQUIRE(place.contains(cause));
      check_predecessor(fact.id);
    }
  }
  void check_predecessor(EventId id) const {
    const EventId before{id.origin, id.number - 1};
    REQUIRE((before.number == 0 || place.contains(before) || rejected.contains(before)));
  }
};

bool all_settled(tests::Cluster& cluster) {
  const Member leader = cluster.leader_of_all();
  if (leader == core::kNobody) return false;
  for (Member member = 0; member < cluster.size(); ++member) {
    const core::Node& node = cluster.node(member);
    if (!cluster.disk(member).pending.empty() || node.log().last() != cluster.node(leader).log().last() ||
        node.commit() != node.log().size())
      return false;
  }
  return true;
}

}  // namespace

TEST_CASE("after any trouble all agree, and every accepted event is decided once") {
  std::size_t ordered = 0, rejected = 0;
  for (std::uint64_t seed = 1'000; seed < 1'120; ++seed) {
    CAPTURE(seed);
    tests::Chaos chaos{3 + seed % 3, seed};
    Ledger ledger;
    chaos.cluster.watch = [&](const tests::Step& step) { ledger.step(step); };
    chaos.on_start = [&](Member member) { ledger.delivered[member] = 0; };
    chaos.run(Duration::s(4));
    chaos.calm();
    REQUIRE(chaos.cluster.run_until(Duration::s(30), [&] { return all_settled(chaos.cluster); }));
    for (const auto& [id, causes] : ledger.accepted) {
      REQUIRE(ledger.place.contains(id) != ledger.rejected.contains(id));
      ++(ledger.place.contains(id) ? ordered : rejected);
    }
    REQUIRE(ledger.accepted.size() == ledger.place.size() + ledger.rejected.size());
  }
  CHECK(ordered > 1'000);
  CHECK(rejected > 50);
}
