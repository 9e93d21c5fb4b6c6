// What dice decided, written down: the run must come out the same.
#include "sim/hunt/concrete.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "sim/hunt/swarm.hpp"
#include "tests/sim/world_support.hpp"

namespace {

using core::Kind;
using sim::Concrete;
using sim::Scenario;
using sim::Target;
using namespace world_test;
using Who = sim::Atom::Who;

constexpr auto kBoth = {Concrete::faults, Concrete::messages};

// Of a record whatever does not hang on how faults and messages are numbered.
std::string line_of(const Note& note) {
  const core::Record& r = note.record;
  std::string line = std::to_string(r.at.ns) + " " + std::string{core::name_of(r.kind)} + " n" + std::to_string(r.node);
  for (const std::uint64_t part :
       {std::uint64_t{r.peer}, static_cast<std::uint64_t>(r.type), static_cast<std::uint64_t>(r.role), r.epoch, r.seq,
        r.id.origin, r.id.number, std::uint64_t{r.phi_milli}, std::uint64_t{r.forgot}, std::uint64_t{r.left}})
    line += " " + std::to_string(part);
  for (const core::EventId& cause : note.depends_on)
    line += " < " + std::to_string(cause.origin) + ":" + std::to_string(cause.number);
  return line + " " + note.more.text;
}

// All records in order, but for those of faults, what a judge who knows of faults makes of them, and drops: what would
// arrive after the end is dropped instead. What arrives, `recv` tells.
std::vector<std::string> story_of(const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const Note& note : run(scenario, scenario.seed).tape.notes) {
    const Kind kind = note.record.kind;
    if (kind != Kind::fault && kind != Kind::heal && kind != Kind::violation && kind != Kind::drop)
      lines.push_back(line_of(note));
  }
  return lines;
}

void require_same_story(const Scenario& a, const Scenario& b) {
  const std::vector<std::string> one = story_of(a), other = story_of(b);
  const auto [left, right] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  CAPTURE(left - one.begin());
  CHECK((left == one.end() ? "the end" : *left) == (right == other.end() ? "the end" : *right));
  REQUIRE(one.size() == other.size());
}

bool names_only(const Target& target) {
  return std::all_of(target.begin(), target.end(), [](const sim::Atom& atom) { return atom.who == Who::member; });
}

struct NamesOnly {
  bool operator()(const sim::Partition& p) const { return std::all_of(p.groups.begin(), p.groups.end(), names_only); }
  bool operator()(const sim::ShapedPartition&) const { return false; }
  bool operator()(const sim::HealAll&) const { return true; }
  bool operator()(const sim::Cut& cut) const { return names_only(cut.from) && names_only(cut.to); }
  bool operator()(const sim::LinkFault& fault) const { return names_only(fault.from) && names_only(fault.to); }
  bool operator()(const auto& other) const { return names_only(other.who); }
};

void check_nothing_left_to_dice(const Scenario& scenario, Concrete how) {
  CHECK(scenario.workload.empty());
  for (const sim::Fault& fault : scenario.faults) {
    CHECK_FALSE(std::holds_alternative<sim::Every>(fault.trigger));
    CHECK(std::visit(NamesOnly{}, fault.action));
    CHECK_FALSE((how == Concrete::messages && std::holds_alternative<sim::LinkFault>(fault.action)));
  }
  for (const sim::MembershipChange& change : scenario.membership) CHECK(names_only(change.who));
  if (how == Concrete::faults) return;
  CHECK(scenario.links.empty());
  CHECK(scenario.network == sim::LinkModel{{sim::Latency::Shape::fixed, Duration::ms(5), {}}, 0});
  for (const sim::MessageFate& fate : scenario.messages) CHECK(fate.at <= scenario.duration);
}

// Both ways; the result is concrete.
void check_concrete(const Scenario& scenario) {
  for (const Concrete how : kBoth) {
    CAPTURE(how == Concrete::messages);
    const Scenario explicit_one = sim::concrete(scenario, scenario.seed, how);
    check_nothing_left_to_dice(explicit_one, how);
    require_same_story(scenario, explicit_one);
    CHECK(run(scenario, scenario.seed).outcome.judgement.passed ==
          run(explicit_one, explicit_one.seed).outcome.judgement.passed);
  }
}

// Faults, heartbeats and submissions fall on the same instants all the time.
Scenario stormy(std::vector<sim::Fault> faults) {
  Scenario scenario = scenario_of(5, Duration::s(20));
  scenario.network = {};
  scenario.workload = {load(Duration::ms(50), Duration::s(2), Duration::s(18), 3),
                       load(Duration::ms(100), Duration::s(3), Duration::s(15))};
  scenario.faults = std::move(faults);
  return scenario;
}

sim::Fault every(Duration interval, sim::Action action, std::optional<Duration> lasts = {}) {
  return {.trigger = sim::Every{interval, interval, Duration::s(12)}, .action = std::move(action), .lasts = lasts};
}

}  // namespace

TEST_CASE("a random run comes out the same when its dice are written down") {
  const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{11}));
  CAPTURE(seed);
  Scenario scenario = sim::swarm(seed);
  scenario.expect = {};  // link faults that became fates disturb the judge no more
  check_concrete(scenario);
}

TEST_CASE("what falls on the same instants keeps its order") {
  check_concrete(stormy({every(Duration::s(2), sim::Crash{who(Who::random)}, Duration::s(2)),
                         every(Duration::s(3), sim::Isolate{who(Who::leader)}, Duration::s(1)),
                         at(Duration::s(4), sim::Partition{{who(Who::minority), who(Who::majority)}}, Duration::s(2)),
                         at(Duration::s(14), sim::HealAll{})}));
}

TEST_CASE("each strike of a fault becomes a fault with names, and what never struck is gone") {
  const Scenario given =
      stormy({every(Duration::s(5), sim::Pause{named({1})}, Duration::s(1)),
              at(Duration::s(3), sim::Restart{who(Who::crashed)}), when(Kind::snapshot, 99, sim::Crash{who(Who::it)}),
              when(Kind::pause, 2, sim::Cut{who(Who::it), who(Who::highest), true})});
  const Scenario got = sim::concrete(given, 3, Concrete::faults);
  REQUIRE(got.faults.size() == 3);
  CHECK(std::get<sim::At>(got.faults[0].trigger).at == Duration::s(5));
  CHECK(std::get<sim::At>(got.faults[1].trigger).at == Duration::s(10));
  CHECK(got.faults[1].lasts == Duration::s(1));
  CHECK(std::get<sim::When>(got.faults[2].trigger).nth == 2);
  const auto& cut = std::get<sim::Cut>(got.faults[2].action);
  CHECK((cut.from[0].member == 1 && cut.to[0].member == 4));
  CHECK(got.seed == 3);
  CHECK(got.events.size() > 400);
  CHECK(got.events[0].name == "e1");
  CHECK(got.events[2].after == std::vector<std::uint32_t>{1});
}

TEST_CASE("shaped partitions become explicit ones, or cuts") {
  const auto shape = GENERATE(sim::Shape::halves, sim::Shape::one, sim::Shape::bridge, sim::Shape::ring);
  CAPTURE(static_cast<int>(shape));
  const Scenario scenario = stormy({every(Duration::s(4), sim::ShapedPartition{shape}, Duration::s(2)),
                                    when(Kind::fault, 2, sim::Crash{who(Who::leader)}, Duration::s(1)),
                                    when(Kind::heal, 2, sim::Pause{who(Who::lowest)}, Duration::s(1))});
  check_concrete(scenario);
  const auto closed = [](const Scenario& of) { return run(of, of.seed).tape.of(Kind::heal).size(); };
  CHECK(closed(sim::concrete(scenario, 1, Concrete::faults)) >= closed(scenario));
}

TEST_CASE("the records of faults are counted anew where link faults became fates") {
  sim::LinkPatch lossy;
  lossy.loss_ppm = 400'000;
  const sim::LinkFault worse{who(Who::all), who(Who::random), lossy, false};
  check_concrete(stormy({every(Duration::s(3), worse, Duration::s(1)), at(Duration::s(5), sim::Isolate{named({0})}),
                         when(Kind::fault, 2, sim::Crash{who(Who::leader)}, Duration::s(2))}));
}

TEST_CASE("members that come and go, a slow disk and a calm are written down") {
  Scenario scenario =
      stormy({every(Duration::s(3), sim::Crash{who(Who::random)}), at(Duration::s(9), sim::Calm{who(Who::majority)})});
  scenario.disk_latency = {sim::Latency::Shape::uniform, Duration::ms(1), Duration::ms(9)};
  scenario.group.members[4].founder = false;
  using Change = sim::MembershipChange;
  scenario.membership = {{.kind = Change::Kind::join, .who = named({4}), .at = Duration::s(4)},
                         {.kind = Change::Kind::leave, .who = who(Who::lowest), .at = Duration::s(11)}};
  check_concrete(scenario);
}
