#include <catch2/catch.hpp>

#include "core/city/events.hpp"
#include "tests/sim/records.hpp"

using namespace records;
using core::Step;
using Names = std::set<std::string>;

namespace {

// A group with dispatch, in which each node delivers an event and says what has come of it.
struct City {
  Tape tape;
  std::map<Member, core::Seq> seq{};
  std::uint64_t submitted = 0;
  std::map<std::string, EventId> last{};  // by crash

  static sim::Scenario scenario(std::size_t nodes) {
    sim::Scenario scenario = group_of(nodes);
    scenario.group.city.dispatch.on = true;
    return scenario;
  }
  explicit City(std::size_t nodes = 2) : City{scenario(nodes)} {}
  explicit City(const sim::Scenario& scenario) : tape{scenario} { tape.start_all(); }

  // n1 submits an event after these causes; everybody delivers it.
  EventId event(std::vector<EventId> causes) {
    const EventId id = EventId::of(n1, ++submitted);
    tape.submit(id, std::move(causes));
    return id;
  }
  City& tell(Member node, EventId id, const core::DispatchFact& fact) {
    tape.deliver(node, ++seq[node], id);
    const core::Details more{.text = {}, .detail = {}, .nodes = {}, .closed = {}, .dispatch = fact, .light = {}};
    tape.put(Kind::dispatch, node, {.more = &more});
    return *this;
  }
  // At all nodes, after the crash's previous step.
  City& step(const std::string& crash, Step step, const std::string& ambulance = "", const std::string& hospital = "",
             std::int64_t beds = 1) {
    const EventId id = event(last.contains(crash) ? std::vector{last[crash]} : std::vector<EventId>{});
    last[crash] = id;
    for (Member node = 0; node < tape.scenario.group.size(); ++node)
      tell(node, id, {.crash = crash, .step = step, .ambulance = ambulance, .hospital = hospital, .beds_free = beds});
    return *this;
  }
  City& steps(const std::string& crash, Step first, Step until) {
    for (auto s = static_cast<std::uint8_t>(first); s <= static_cast<std::uint8_t>(until); ++s) {
      const auto now = static_cast<Step>(s);
      step(crash, now, now >= Step::ambulance_allocated ? "a" : "", now >= Step::hospital_allocated ? "h" : "");
    }
    return *this;
  }
  [[nodiscard]] std::string first_words() const { return tape.fresh.empty() ? "" : tape.fresh[0].detail; }
};

}  // namespace

TEST_CASE("dispatch: a whole workflow, also with a release in the middle, breaks nothing") {
  City city;
  city.steps("x", Step::reported, Step::arrived).step("x", Step::released, "a", "h");
  city.steps("x", Step::ambulance_allocated, Step::completed);
  city.steps("y", Step::reported, Step::completed);
  CHECK(city.tape.broken().empty());
}

TEST_CASE("no_double_dispatch: an ambulance serves one crash at a time") {
  City city;
  city.step("x", Step::reported).step("y", Step::reported).step("x", Step::ambulance_allocated, "a");
  SECTION("two at once") {
    city.step("y", Step::ambulance_allocated, "a");
    CHECK(city.first_words() == "at n1 a serves x and y");
    CHECK(city.tape.broken() == Names{"no_double_dispatch"});
  }
  SECTION("one after the other") {
    city.step("x", Step::released, "a").step("y", Step::ambulance_allocated, "a");
    CHECK(city.tape.broken().empty());
  }
  SECTION("a node that begins anew knows nothing of before") {
    city.tape.crash(n1).restart(n1, city.seq[n1]);
    city.tell(n1, city.event({}), {"y", Step::dispatched, "a", "h", 0});
    CHECK(city.tape.broken().empty());
  }
}

TEST_CASE("beds: never below zero") {
  City city;
  city.step("x", Step::reported, "", "", 0).step("x", Step::ambulance_allocated, "a", "", 0);
  SECTION("the last one") {
    city.step("x", Step::hospital_allocated, "a", "h", 0);
    CHECK(city.tape.broken().empty());
  }
  SECTION("one more") {
    city.step("x", Step::hospital_allocated, "a", "h", -1);
    CHECK(city.first_words() == "at n1 h has -1 beds free when x is hospital_allocated");
    CHECK(city.tape.broken() == Names{"beds"});
  }
}

TEST_CASE("workflow_order: every step that does not come next is out of order") {
  const std::vector<std::pair<Step, std::vector<Step>>> fits{
      {Step::reported, {Step::queued, Step::ambulance_allocated}},
      {Step::queued, {Step::ambulance_allocated}},
      {Step::ambulance_allocated, {Step::hospital_allocated, Step::released}},
      {Step::hospital_allocated, {Step::dispatched, Step::released}},
      {Step::dispatched, {Step::arrived, Step::released}},
      {Step::arrived, {Step::transporting, Step::released}},
      {Step::transporting, {Step::at_hospital, Step::released}},
      {Step::at_hospital, {Step::completed}},
      {Step::completed, {}}};
  for (const auto& [reached, next] : fits)
    for (std::uint8_t s = 0; s < core::kSteps; ++s) {
      const auto wanted = static_cast<Step>(s);
      City city{1};
      city.steps("x", Step::reported, reached);
      city.step("x", wanted, "a", "h");
      const bool fit = std::count(next.begin(), next.end(), wanted) > 0;
      CAPTURE(core::name_of(reached), core::name_of(wanted));
      CHECK(city.tape.broken() == (fit ? Names{} : Names{"workflow_order"}));
    }
}

TEST_CASE("workflow_order: units, causes, the beginning and the end") {
  City city{1};
  SECTION("nobody has reported it") {
    city.step("x", Step::ambulance_allocated, "a");
    CHECK(city.first_words() == "at n1 x is ambulance_allocated before it was reported");
  }
  SECTION("without an ambulance") {
    city.step("x", Step::reported).step("x", Step::ambulance_allocated);
    CHECK(city.first_words() == "at n1 x is ambulance_allocated without an ambulance");
  }
  SECTION("without a hospital") {
    city.steps("x", Step::reported, Step::hospital_allocated).step("x", Step::dispatched, "a");
    CHECK(city.first_words() == "at n1 x is dispatched without a hospital");
  }
  SECTION("another ambulance goes on") {
    city.steps("x", Step::reported, Step::dispatched).step("x", Step::arrived, "b", "h");
    CHECK(city.first_words() == "at n1 x is arrived by b for h, though it was given a and h");
  }
  SECTION("another hospital") {
    city.steps("x", Step::reported, Step::dispatched).step("x", Step::arrived, "a", "g");
    CHECK(city.first_words() == "at n1 x is arrived by a for g, though it was given a and h");
  }
  SECTION("completed twice") {
    city.steps("x", Step::reported, Step::completed).step("x", Step::completed, "a", "h");
    CHECK(city.first_words() == "at n1 x is completed after it was completed");
  }
  SECTION("a step that does not name its cause") {
    city.steps("x", Step::reported, Step::ambulance_allocated);
    city.tell(n1, city.event({}), {"x", Step::hospital_allocated, "a", "h", 0});
    CHECK(city.first_words() ==
          "at n1 x is hospital_allocated by n1:4, which does not depend on n1:3, by which it was ambulance_allocated");
  }
  CHECK(city.tape.broken() == Names{"workflow_order"});
}

TEST_CASE("workflow_order: a node that has received a state may go on from anywhere, but in order") {
  City city;
  const EventId first = city.event({}), second = city.event({first});
  city.tell(n1, first, {"x", Step::reported, "", "", 0}).tell(n1, second, {"x", Step::queued, "", "", 0});
  city.tape.snapshot(n2, 2);
  city.seq[n2] = 2;
  const EventId third = city.event({second}), fourth = city.event({third});
  city.tell(n2, third, {"x", Step::ambulance_allocated, "a", "", 0});
  SECTION("the next step") {
    city.tell(n2, fourth, {"x", Step::hospital_allocated, "a", "h", 0});
    CHECK(city.tape.broken().empty());
  }
  SECTION("another") {
    city.tell(n2, fourth, {"x", Step::arrived, "a", "h", 0});
    CHECK(city.tape.broken() == Names{"workflow_order"});
  }
}

TEST_CASE("completed: every crash that was acknowledged early enough is completed") {
  sim::Scenario scenario = City::scenario(1);
  scenario.expect.completed_all = true;
  City city{scenario};
  const auto verdict = [&] {
    const sim::Judgement judgement = city.tape.end_s(60);
    REQUIRE(judgement.expectations.size() == 1);
    REQUIRE(judgement.expectations[0].name == "completed");
    return std::pair{judgement.expectations[0].held, judgement.expectations[0].detail};
  };
  const core::Submission report = core::event_of(core::CrashReport{"x", 1, {}});
  const EventId id = EventId::of(n1, 1);
  core::Event event{id, {}, report.type, report.payload, {}};
  const auto submit = [&] { city.tape.put(Kind::submit, n1, {.id = id, .event = &event}); };
  SECTION("nothing was acknowledged") {
    submit();
    CHECK(verdict() == std::pair{false, std::string{"no crash was acknowledged by 45.000 s"}});
  }
  SECTION("acknowledged and forgotten") {
    submit();
    city.tape.at_s(45).ack(id, 1);
    CHECK(verdict() ==
          std::pair{false, std::string{"1 of 1 crash acknowledged by 45.000 s not completed, the first x/1"}});
  }
  SECTION("acknowledged too late to ask for it") {
    submit();
    city.tape.at_s(46).ack(id, 1);
    CHECK_FALSE(verdict().first);
  }
  SECTION("completed") {
    submit();
    city.submitted = 1, city.last["x/1"] = id;
    city.tell(n1, id, {"x/1", Step::reported, "", "", 0});
    city.tape.at_s(45).ack(id, 1);
    city.steps("x/1", Step::queued, Step::completed);
    CHECK(verdict() == std::pair{true, std::string{"1 crash acknowledged by 45.000 s, all completed"}});
  }
}
