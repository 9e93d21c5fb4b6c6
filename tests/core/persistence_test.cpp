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
core::MemberSet voters_by(const Durable& disk, const core::Config& config) {
  core::MemberSet voters = disk.snapshot == nullptr ? core::founders_of(config) : disk.snapshot->state.voters;
  for (const core::Entry& entry : disk.log.piece(disk.applied(), disk.log.size(), SIZE_MAX))
    if (entry.event->id.internal() && entry.event->type == core::kVotersChanged)
      voters = core::voters_in(entry.event->payload, config.size());
  return voters;
}

// Could the disk forget what this message says of its sender?
struct Backed {
  Member self, to;
  const Durable& disk;
  const core::Config& config;

  [[nodiscard]] bool votes() const { return !disk.recovering && voters_by(disk, config).has(self); }
  bool operator()(const core::Election&) const { return votes(); }
  bool operator()(const core::Answer&) const { return votes(); }
  bool operator()(const core::Claim& m) const {
    return votes() && disk.promised == m.epoch && disk.promised_to == self;
  }
  bool operator()(const core::Promise& m) const {
    return !disk.recovering && disk.promised == m.epoch && disk.promised_to == to && end_of(disk) == m.last &&
           disk.memories == m.memories;
  }
  bool operator()(const core::Refuse& m) const { return !disk.recovering && disk.promised <= m.promised; }
  bool operator()(const core::Join&) const { return !disk.recovering && !votes(); }
  bool operator()(const core::Leave&) const { return !disk.recovering; }
  bool operator()(const core::StateSync& m) const {
    return disk.snapshot != nullptr && disk.snapshot->state.at == m.at && disk.snapshot->bytes.size() == m.total;
  }
  bool operator()(const core::Recover& m) const {
    return disk.recovering && m.incarnation != 0 && core::begins(disk.memories, self) == m.incarnation;
  }
  bool operator()(const core::Recovery& m) const {
    return !disk.recovering && disk.promised == m.promised && end_of(disk) == m.last && disk.memories == m.memories &&
           voters_by(disk, config) == m.voters;
  }
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
      return disk.promised == fact.epoch && (fact.role == core::Role::recovering) == disk.recovering &&
             ((fact.role != core::Role::claiming && fact.role != core::Role::leader) || disk.promised_to == self);
    default:
      return true;
  }
}

// How often each kind of effect was checked, so that a run in which nothing happens does not pass.
struct Checked {
  const core::Config& config;
  std::map<std::string_view, int> counts;
  int unbacked = 0;

  void step(const tests::Step& step) {
    core::Effects& effects = step.effects;
    const Member self = step.member;
    Durable disk = step.disk;
    for (std::size_t i = 0; i < step.carried_out; ++i) {
      const Effect& effect = effects.list()[i];
      if (effect.kind == Effect::Kind::persist) {
        const core::Persist& record = effects.persists()[effect.index];
        if (const auto* written = std::get_if<core::LogWritten>(&record))
          note("new entries", !holds(disk, written->entries.front().point()));  // what is there is not written again
        disk.apply(record);
      } else if (effect.kind == Effect::Kind::send) {
        const core::Message& message = effects.messages()[effect.index];
        note(name_of(message.type()), std::visit(Backed{self, effect.to, disk, config}, message.body));
      } else {
        const core::Record& fact = effects.facts()[effect.index];
        note(name_of(fact.kind), backed(fact, self, disk));
      }
    }
  }
  void note(std::string_view what, bool ok) {
    ++counts[what];
    CAPTURE(what);
    if (!ok) ++unbacked;
    CHECK(ok);
  }
};

// The node's durable fields, by their names.
struct Inside {
  Member promised_to = core::kNobody;
  core::Outbox outbox;
  core::Duration restraint;
  core::Memories memories;
  bool recovering = false;

  explicit Inside(const core::Node& node) {
    core::Node::fields(node, [this](std::string_view name, const auto& field) {
      using Field = std::remove_cvref_t<decltype(field)>;
      if constexpr (std::is_same_v<Field, Member>)
        if (name == "promised_to") promised_to = field;
      if constexpr (std::is_same_v<Field, core::Outbox>) outbox = field;
      if constexpr (std::is_same_v<Field, core::Restraint>) restraint = field.wait;
      if constexpr (std::is_same_v<Field, core::Memories>) memories = field;
      if constexpr (std::is_same_v<Field, std::optional<core::Recovering>>) recovering = field.has_value();
    });
  }
};

void check_equal(const core::Node& node, const Durable& disk, const core::Config& config) {
  const Inside inside{node};
  REQUIRE(node.epoch() == disk.promised);
  REQUIRE(inside.promised_to == disk.promised_to);
  REQUIRE(node.log() == disk.log);
  REQUIRE(inside.outbox.next_number() == disk.last_number + 1);
  REQUIRE(inside.outbox.pending() == disk.pending);
  REQUIRE(inside.restraint == disk.restraint);
  REQUIRE(inside.memories == disk.memories);
  REQUIRE(inside.recovering == (disk.recovering && config.quorum == core::Quorum::majority));
  REQUIRE(node.voters() == voters_by(disk, config));
  REQUIRE(disk.applied() <= node.commit());
  REQUIRE(disk.log.base().seq <= disk.applied());
}

}  // namespace

TEST_CASE("nothing leaves a node before the disk holds what it rests on, and the disk equals the state") {
  std::map<std::string_view, int> counts;
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    CAPTURE(seed);
    const bool plain = seed % 5 == 4;
    const tests::Hardship hardship{.joiners = seed % 2,
                                   .snapshot_every = 5 + seed % 7,
                                   .leaving = true,
                                   .amnesia = seed % 2 == 0,
                                   .partitions = true,
                                   .torn_steps = true};
    tests::Chaos chaos{3 + seed % 3, seed, plain ? core::Quorum::none : core::Quorum::majority,
                       plain ? tests::Hardship{} : hardship};
    Checked checked{chaos.cluster.config(), std::move(counts)};
    chaos.cluster.watch = [&](const tests::Step& step) {
      checked.step(step);
      if (!chaos.cluster.up(step.member)) return;
      check_equal(chaos.cluster.node(step.member), chaos.cluster.disk(step.member), chaos.cluster.config());
    };
    chaos.run(core::Duration::s(5));
    REQUIRE(checked.unbacked == 0);
    counts = std::move(checked.counts);
  }
  for (const char* what :
       {"CLAIM",      "PROMISE", "COORDINATOR", "FETCH",   "ENTRIES",  "SUBMIT",   "ORDER",   "ACK",    "NACK",
        "STATE_SYNC", "JOIN",    "LEAVE",       "RECOVER", "RECOVERY", "ELECTION", "ANSWER",  "submit", "order",
        "deliver",    "commit",  "ack",         "reject",  "leader",   "role",     "snapshot"}) {
    CAPTURE(what);
    CHECK(counts[what] > 5);
  }
}
