// What a node sends, says and does rests on what its disk holds at that place in the step; and its disk, applied
// record by record, is its state.
#include <catch2/catch.hpp>
#include <map>

#include "tests/core/chaos.hpp"

using core::Durable;
using core::Effect;
using core::Member;

namespace {

bool holds(const Durable& disk, core::Point point) {
  return disk.log.has(point);
}
bool holds(const Durable& disk, const std::vector<core::Entry>& entries) {
  return std::ranges::all_of(entries, [&](const core::Entry& entry) { return holds(disk, entry.point()); });
}
core::Point end_of(const Durable& disk) {
  return disk.log.last();
}

// Could the disk forget what this message says of its sender?
struct Backed {
  Member self, to;
  const Durable& disk;

  bool operator()(const core::Claim& m) const { return disk.promised == m.epoch && disk.promised_to == self; }
  bool operator()(const core::Promise& m) const {
    return disk.promised == m.epoch && disk.promised_to == to && end_of(disk) == m.last;
  }
  bool operator()(const core::Refuse& m) const { return disk.promised <= m.promised; }
  bool operator()(const core::Coordinator& m) const { return disk.promised == m.epoch && disk.promised_to == self; }
  bool operator()(const core::Heartbeat& m) const {
    return end_of(disk) == m.last && m.epoch <= disk.promised && m.promised >= disk.promised;
  }
  bool operator()(const core::Fetch& m) const { return disk.promised == m.epoch && disk.promised_to == self; }
  bool operator()(const core::Entries& m) const { return disk.promised_to == to && holds(disk, m.entries); }
  bool operator()(const core::Submit& m) const {
    return m.hops > 0 || std::ranges::all_of(m.events, [&](const core::EventRef& event) {
             return std::ranges::count(disk.pending, event->id, [](const auto& e) { return e->id; }) == 1;
           });
  }
  bool operator()(const core::Order& m) const {
    return disk.promised >= m.epoch && holds(disk, m.previous) && holds(disk, m.entries);
  }
  bool operator()(const core::Ack& m) const { return m.voter != self || disk.log.size() >= m.matched; }
  bool operator()(const auto&) const { return true; }
};

bool backed(const core::Record& fact, Member self, const Durable& disk) {
  switch (fact.kind) {
    case core::Kind::submit:
      return disk.last_number == fact.id.number && disk.pending.back()->id == fact.id;
    case core::Kind::order:
      return disk.log.size() >= fact.seq && disk.log.at(fact.seq).event->id == fact.id;
    case core::Kind::deliver:
      return holds(disk, {fact.epoch, fact.seq});
    case core::Kind::ack:
      return disk.pending.empty() || disk.pending.front()->id.number > fact.id.number;
    case core::Kind::leader:
      return fact.peer == core::kNobody || disk.promised >= fact.epoch;
    case core::Kind::role:
      return disk.promised == fact.epoch &&
             (fact.role == core::Role::follower || fact.role == core::Role::electing || disk.promised_to == self);
    default:
      return true;
  }
}

// How often each kind of effect was checked, so that a run in which nothing happens does not pass.
struct Checked {
  std::map<std::string_view, int> counts;
  int unbacked = 0;

  void step(Member self, core::Effects& effects, Durable disk) {
    for (const Effect& effect : effects.list()) {
      if (effect.kind == Effect::Kind::persist) {
        const core::Persist& record = effects.persists()[effect.index];
        if (const auto* written = std::get_if<core::LogWritten>(&record))
          note("new entries", !holds(disk, written->entries.front().point()));  // what is there is not written again
        disk.apply(record);
      } else if (effect.kind == Effect::Kind::send) {
        const core::Message& message = effects.messages()[effect.index];
        note(name_of(message.type()), std::visit(Backed{self, effect.to, disk}, message.body));
      } else {
        const core::Record& fact = effects.facts()[effect.index];
        note(name_of(fact.kind), backed(fact, self, disk));
      }
    }
  }
  void note(std::string_view what, bool ok) {
    CAPTURE(what);
    ++counts[what];
    if (!ok) ++unbacked;
    CHECK(ok);
  }
};

// The node's durable fields, by their names.
struct Inside {
  Member promised_to = core::kNobody;
  core::Outbox outbox;
  core::Duration restraint;

  explicit Inside(const core::Node& node) {
    core::Node::fields(node, [this](std::string_view name, const auto& field) {
      using Field = std::remove_cvref_t<decltype(field)>;
      if constexpr (std::is_same_v<Field, Member>)
        if (name == "promised_to") promised_to = field;
      if constexpr (std::is_same_v<Field, core::Outbox>) outbox = field;
      if constexpr (std::is_same_v<Field, core::Restraint>) restraint = field.wait;
    });
  }
};

void check_equal(const core::Node& node, const Durable& disk) {
  const Inside inside{node};
  REQUIRE(node.epoch() == disk.promised);
  REQUIRE(inside.promised_to == disk.promised_to);
  REQUIRE(node.log() == disk.log);
  REQUIRE(inside.outbox.next_number() == disk.last_number + 1);
  REQUIRE(inside.outbox.pending() == disk.pending);
  REQUIRE(inside.restraint == disk.restraint);
}

}  // namespace

TEST_CASE("nothing leaves a node before the disk holds what it rests on, and the disk equals the state") {
  Checked checked;
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    CAPTURE(seed);
    tests::Chaos chaos{3 + seed % 3, seed, seed % 5 == 4 ? core::Quorum::none : core::Quorum::majority};
    chaos.cluster.watch = [&](const tests::Step& step) {
      checked.step(step.member, step.effects, step.disk);
      if (chaos.cluster.up(step.member)) check_equal(chaos.cluster.node(step.member), chaos.cluster.disk(step.member));
    };
    chaos.run(core::Duration::s(5));
    REQUIRE(checked.unbacked == 0);
  }
  for (const char* what : {"CLAIM", "PROMISE", "COORDINATOR", "FETCH", "ENTRIES", "SUBMIT", "ORDER", "ACK", "NACK",
                           "submit", "order", "deliver", "commit", "ack", "reject", "leader", "role"}) {
    CAPTURE(what);
    CHECK(checked.counts[what] > 5);
  }
}
