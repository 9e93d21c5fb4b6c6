// Shrinking in laboratories that only look at the scenario, so that what must be left is known beforehand.
#include "sim/hunt/shrink.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/hunt/swarm.hpp"
#include "tests/sim/world_support.hpp"

namespace {

using namespace sim;
using world_test::at;
using world_test::named;
using world_test::who;

// A scenario fails there if `fails` says so.
template <class Fails>
struct Fake : Laboratory {
  explicit Fake(Fails predicate) : fails{predicate} {}

  std::optional<std::size_t> first_that_fails(const std::vector<Scenario>& candidates) override {
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (patience-- > 0 && fails(candidates[i])) return i;
    return std::nullopt;
  }
  void progress(const std::string& pass, const Scenario&) override { passes.push_back(pass); }
  [[nodiscard]] bool told_to_stop() const override { return patience <= 0; }

  Fails fails;
  std::int64_t patience = 1'000'000;
  std::vector<std::string> passes;
};

template <class A>
std::size_t count_of(const Scenario& scenario) {
  return static_cast<std::size_t>(std::count_if(scenario.faults.begin(), scenario.faults.end(), [](const Fault& fault) {
    return std::holds_alternative<A>(fault.action);
  }));
}

template <class Fails>
Shrunk shrunk(const Scenario& scenario, Fails fails) {
  Fake laboratory(fails);
  return shrink(scenario, laboratory);
}

PlannedEvent event(const std::string& name, Member from, Duration at, std::vector<std::uint32_t> after = {}) {
  return {.name = name, .from = from, .at = at, .after = std::move(after), .size = 20};
}

MessageFate fate(core::Link link, core::MessageType type, std::uint64_t nth, MessageFate::What what,
                 Duration when = {}) {
  return {.link = link, .type = type, .nth = nth, .what = what, .at = when};
}

// Five nodes, six faults, a load and a chain of events: more than anything below needs.
Scenario rich() {
  Scenario scenario = world_test::scenario_of(5, Duration::s(60));
  scenario.seed = 77;
  scenario.description = "rich";
  scenario.group.takeover = core::Takeover::eager;
  scenario.group.timing.phi_window = 17;
  scenario.network = {};
  scenario.links.push_back({named({0}), named({1}), {}, true});
  scenario.links[0].patch.loss_ppm = 5;
  scenario.workload.push_back(world_test::load(Duration::ms(300), Duration::s(1), Duration::s(40), 3));
  scenario.events = {event("x", 0, Duration::ms(4'321)), event("y", 1, Duration::ms(5'678), {0}),
                     event("z", 2, Duration::ms(9'012), {0, 1})};
  scenario.faults = {at(Duration::ms(7'777), Crash{named({4})}, Duration::ms(3'456)),
                     at(Duration::ms(9'999), Pause{named({3, 2})}, Duration::s(2)),
                     at(Duration::ms(12'345), Partition{{named({0, 1}), named({2, 3, 4})}}, Duration::ms(5'432)),
                     at(Duration::ms(20'001), Cut{named({0}), named({1, 2}), true}, Duration::s(1)),
                     at(Duration::s(30), Crash{named({0})}),
                     at(Duration::s(33), Restart{named({0})})};
  using enum core::MessageType;
  using What = MessageFate::What;
  scenario.messages = {fate({0, 1}, order, 3, What::drop), fate({1, 2}, order, 3, What::arrive, Duration::ms(6'543)),
                       fate({4, 2}, ack, 1, What::copy, Duration::ms(7'654))};
  return scenario;
}

}  // namespace

TEST_CASE("where everything fails, a single node without anything is left") {
  const Shrunk result = shrunk(rich(), [](const Scenario&) { return true; });
  CHECK(result.one_minimal);
  CHECK(size_of(result.scenario) == Size{1, 0, 0, 0, 0, Duration::s(1)});
  CHECK(result.scenario.seed == 1);
  CHECK(result.scenario.links.empty());
  CHECK(result.scenario.network.loss_ppm == 0);
  CHECK(result.scenario.group.takeover == core::Takeover::caught_up);
  CHECK(result.scenario.group.timing.phi_window == core::Timing{}.phi_window);
}

TEST_CASE("where nothing else fails, the scenario stays") {
  const Scenario given = rich();
  const Shrunk result = shrunk(given, [](const Scenario&) { return false; });
  CHECK(size_of(result.scenario) == size_of(given));
  CHECK(result.one_minimal);
}

TEST_CASE("what matters stays, in its simplest form") {
  // A crash that lasts three seconds at least, at a node that submits something before it.
  const auto fails = [](const Scenario& scenario) {
    for (const Fault& fault : scenario.faults) {
      const auto* crash = std::get_if<Crash>(&fault.action);
      const auto* moment = std::get_if<At>(&fault.trigger);
      if (crash == nullptr || moment == nullptr || !fault.lasts || *fault.lasts < Duration::s(3)) continue;
      for (const PlannedEvent& planned : scenario.events)
        for (const Atom& atom : crash->who)
          if (atom.member == planned.from && planned.at < moment->at) return scenario.group.size() >= 2;
    }
    return false;
  };
  Scenario given = rich();
  given.events.push_back(event("w", 4, Duration::ms(6'001), {0, 2}));
  REQUIRE(fails(given));
  const Scenario result = shrunk(given, fails).scenario;
  CHECK(size_of(result) == Size{2, 1, 1, 0, 0, result.duration});
  CHECK(result.duration <= Duration::s(2));
  CHECK(result.events[0].name == "a");
  CHECK(result.events[0].after.empty());
  CHECK(result.events[0].size == 100);
  CHECK(result.faults[0].lasts->ns == Duration::s(3).ns);
  CHECK(std::get<At>(result.faults[0].trigger).at.ns % 1'000'000 == 0);
}

TEST_CASE("a crash and its restart become a crash for some time, or go together") {
  const auto down_for_a_while = [](const Scenario& scenario) {
    std::size_t crashes = 0, restarts = 0;
    for (const Fault& fault : scenario.faults) {
      if (std::holds_alternative<Crash>(fault.action)) crashes += 1, restarts += fault.lasts ? 1U : 0U;
      if (std::holds_alternative<Restart>(fault.action)) ++restarts;
    }
    return crashes > 0 && crashes == restarts;
  };
  Scenario given = rich();
  given.faults.erase(given.faults.begin() + 1, given.faults.begin() + 4);
  const Scenario result = shrunk(given, down_for_a_while).scenario;
  REQUIRE(result.faults.size() == 1);
  CHECK(result.faults[0].lasts);

  const auto even = [](const Scenario& scenario) { return scenario.faults.size() % 2 == 0; };
  CHECK(shrunk(rich(), even).scenario.faults.empty());
}

TEST_CASE("numbers of nodes stay together with what they mean") {
  // The cut between the highest and the lowest, who also submits.
  const auto fails = [](const Scenario& scenario) {
    const auto top = static_cast<Member>(scenario.group.size() - 1);
    for (const Fault& fault : scenario.faults)
      if (const auto* cut = std::get_if<Cut>(&fault.action); cut != nullptr && top >= 2)
        for (const PlannedEvent& planned : scenario.events)
          if (cut->from[0].member == top && cut->to[0].member == 0 && planned.from == 0) return true;
    return false;
  };
  Scenario given = rich();
  given.faults.push_back(at(Duration::s(50), Cut{named({4}), named({0, 2}), true}));
  const Scenario result = shrunk(given, fails).scenario;
  CHECK(size_of(result) == Size{3, 1, 1, 0, 0, result.duration});
  const Cut& cut = std::get<Cut>(result.faults[0].action);
  CHECK(cut.to.size() == 1);
  CHECK_FALSE(cut.both);
  CHECK(result.group.members[2].name == "n3");
}

TEST_CASE("who is left joins or founds the group as a file would have it") {
  const auto fails = [](const Scenario& scenario) {
    return std::any_of(scenario.group.members.begin(), scenario.group.members.end(),
                       [](const core::MemberInfo& member) { return !member.founder; });
  };
  Scenario given = rich();
  given.group.members[2].founder = false;
  given.membership = {{MembershipChange::Kind::join, named({2}), Duration::s(5)},
                      {MembershipChange::Kind::leave, named({1}), Duration::s(9)}};
  const Scenario result = shrunk(given, fails).scenario;
  CHECK(size_of(result) == Size{2, 0, 1, 0, 0, result.duration});
  CHECK(result.membership[0].kind == MembershipChange::Kind::join);
}

TEST_CASE("ranks become ids") {
  const auto fails = [](const Scenario& scenario) {  // the third of the file wins, and it crashes
    return std::any_of(scenario.faults.begin(), scenario.faults.end(), [&](const Fault& fault) {
      const auto* crash = std::get_if<Crash>(&fault.action);
      if (crash == nullptr || crash->who.size() != 1) return false;
      for (Member other = 0; other < scenario.group.size(); ++other)
        if (other != crash->who[0].member && !scenario.group.outranks(crash->who[0].member, other)) return false;
      return scenario.group.size() == 5;
    });
  };
  Scenario given = rich();
  given.group.members[2].rank = 7;
  given.faults = {at(Duration::s(3), Crash{named({2})})};
  const Scenario result = shrunk(given, fails).scenario;
  CHECK(result.group.members[4].rank == 0);
  CHECK(result.group.members[4].name == "n5");
  CHECK(std::get<Crash>(result.faults[0].action).who[0].member == 4);
}

TEST_CASE("a load and a repeated fault become single ones") {
  const auto fails = [](const Scenario& scenario) {
    return size_of(scenario).sends >= 3 && count_of<Pause>(scenario) >= 1 && size_of(scenario).faults >= 2;
  };
  Scenario given = rich();
  given.events.clear();
  given.faults = {{.trigger = Every{Duration::s(2), Duration::s(3), Duration::s(21)},
                   .action = Pause{who(Atom::Who::random)},
                   .lasts = Duration::ms(777),
                   .line = 0}};
  const Scenario result = shrunk(given, fails).scenario;
  CHECK(result.workload.empty());
  CHECK(result.events.size() == 3);
  CHECK(result.faults.size() == 2);
  CHECK(std::holds_alternative<At>(result.faults[0].trigger));
  CHECK(std::get<Pause>(result.faults[0].action).who[0].who == Atom::Who::member);
}

TEST_CASE("fates go by their kind, their link and one by one") {
  Scenario given = rich();
  for (std::uint64_t i = 0; i < 500; ++i)
    given.messages.push_back(
        fate({static_cast<Member>(i % 4), 4}, core::MessageType::heartbeat, 1 + i / 4, MessageFate::What::drop));
  const auto fails = [](const Scenario& scenario) {
    const auto of = [&](std::uint64_t nth) {
      return std::any_of(scenario.messages.begin(), scenario.messages.end(), [=](const MessageFate& fate) {
        return fate.type == core::MessageType::heartbeat && fate.nth == nth;
      });
    };
    return of(17) && of(93);
  };
  const Shrunk result = shrunk(given, fails);
  CHECK(result.one_minimal);
  CHECK(result.scenario.messages.size() == 2);
  CHECK(result.tried < 2'000);
}

TEST_CASE("who is told to stop says that the result is not proved minimal") {
  const auto fails = [](const Scenario& scenario) { return scenario.faults.size() >= 2; };
  Fake laboratory(fails);
  laboratory.patience = 10;
  const Shrunk result = shrink(rich(), laboratory);
  CHECK_FALSE(result.one_minimal);
  CHECK(fails(result.scenario));
  CHECK(result.tried <= 80);
}

TEST_CASE("random scenarios: the result fails, nothing can be left out, and it is always the same") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    Scenario given = swarm(seed);
    given.dispatch.reset(), given.lights.reset();  // each is several sends at once
    given.group.city = {};
    const bool shaped = std::holds_alternative<ShapedPartition>(given.faults[0].action);  // some need three nodes
    const std::size_t nodes = std::min<std::size_t>(given.group.size(), (shaped ? 3 : 2) + seed % 3);
    // As many faults of the first one's kind as there are, but three at most, and some sends.
    const std::size_t kind = given.faults[0].action.index();
    const auto of_kind = [=](const Scenario& scenario) {
      return std::count_if(scenario.faults.begin(), scenario.faults.end(),
                           [=](const Fault& fault) { return fault.action.index() == kind; });
    };
    const auto wanted = std::min<std::ptrdiff_t>(3, of_kind(given));
    const auto fails = [=](const Scenario& scenario) {
      return scenario.group.size() >= nodes && of_kind(scenario) >= wanted && size_of(scenario).sends >= seed % 4;
    };
    const Shrunk result = shrunk(given, fails);
    CHECK(fails(result.scenario));
    CHECK(result.one_minimal);
    CHECK(result.scenario.group.size() == nodes);
    CHECK(size_of(result.scenario).sends == seed % 4);
    CHECK(static_cast<std::ptrdiff_t>(result.scenario.faults.size()) == wanted);
    for (std::size_t i = 0; i < result.scenario.faults.size(); ++i) {
      Scenario less = result.scenario;
      less.faults.erase(less.faults.begin() + static_cast<std::ptrdiff_t>(i));
      CHECK_FALSE(fails(less));
    }
    const Shrunk again = shrunk(given, fails);
    CHECK(again.tried == result.tried);
    CHECK(size_of(again.scenario) == size_of(result.scenario));
  }
}

TEST_CASE("steps go in chunks and one by one, and the nodes stay") {
  Scenario scenario = world_test::scenario_of(3, Duration::s(60));
  for (int i = 0; i < 40; ++i)
    scenario.steps.push_back({{.kind = Step::Kind::submit, .node = static_cast<Member>(i % 3)}, {}});
  scenario.steps[17].step.kind = scenario.steps[33].step.kind = Step::Kind::crash;
  const auto crashes = [](const Scenario& candidate) {
    return std::count_if(candidate.steps.begin(), candidate.steps.end(),
                         [](const PlannedStep& planned) { return planned.step.kind == Step::Kind::crash; });
  };
  const Shrunk two = shrunk(scenario, [&](const Scenario& candidate) { return crashes(candidate) == 2; });
  CHECK(two.one_minimal);
  CHECK(two.scenario.group.size() == 3);
  REQUIRE(two.scenario.steps.size() == 2);
  CHECK((two.scenario.steps[0].step.node == 17 % 3 && two.scenario.steps[1].step.node == 33 % 3));
  CHECK(two.scenario.duration == time_of(2));
  const Shrunk last = shrunk(scenario, [](const Scenario&) { return true; });
  CHECK(last.scenario.steps.size() == 1);  // without any it would be no rehearsal
  CHECK(one_less(two.scenario).size() == 2);
  CHECK(one_less(last.scenario).empty());
}

TEST_CASE("dispatch is left out, or else no more of it is left than is needed") {
  Scenario scenario = rich();
  scenario.group.city.dispatch = {.on = true, .give_back = Duration::s(3)};
  scenario.dispatch.emplace();
  scenario.dispatch->stop = Duration::s(50);
  scenario.dispatch->cars = 7, scenario.dispatch->beds = 1, scenario.dispatch->leg = Duration::ms(123);
  scenario.dispatch->away = {{"car1", Duration::s(5), Duration::s(4)}, {"ambulance2", Duration::s(6), Duration::s(4)}};
  const Scenario without = shrunk(scenario, [](const Scenario& s) { return count_of<Crash>(s) > 0; }).scenario;
  CHECK_FALSE(without.dispatch);
  CHECK_FALSE(without.group.city.dispatch.on);
  const Scenario with = shrunk(scenario, [](const Scenario& s) {
                          return s.dispatch && s.group.city.dispatch.on && s.dispatch->beds == 1 &&
                                 std::any_of(s.dispatch->away.begin(), s.dispatch->away.end(),
                                             [](const DispatchLoad::Away& away) { return away.who == "ambulance2"; });
                        }).scenario;
  REQUIRE(with.dispatch);
  CHECK(with.dispatch->cars == 10);
  CHECK(with.dispatch->leg == Duration::s(2));
  CHECK(with.dispatch->away.size() == 1);
  CHECK(with.dispatch->stop - with.dispatch->start <= with.dispatch->crash_every);
  CHECK(with.faults.empty());
}

TEST_CASE("lights are left out, or else one crossing of them is left, as plain as can be") {
  Scenario scenario = rich();
  scenario.lights = LightsLoad{.lamp_drift_ppm = 700, .cars_every = Duration::ms(900)};
  core::LightsPlan& plan = scenario.group.city.lights;
  plan.intersections = 7, plan.green = Duration::ms(3'210), plan.yellow = Duration::s(1);
  plan.order = core::PhaseOrder::demand;
  const Scenario without = shrunk(scenario, [](const Scenario&) { return true; }).scenario;
  CHECK_FALSE(without.lights);
  CHECK(without.group.city.empty());
  const auto drifting = [](const Scenario& s) { return s.lights && s.lights->lamp_drift_ppm > 500; };
  const Scenario left = shrunk(scenario, drifting).scenario;
  REQUIRE(left.lights);
  CHECK(left.lights->cars_every == Duration{});
  CHECK(left.group.city.lights.intersections == 1);
  CHECK(left.group.city.lights.order == core::PhaseOrder::round_robin);
  CHECK(left.group.city.lights.green == core::LightsPlan{}.green);
}
