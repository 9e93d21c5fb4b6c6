#include "core/city/dispatch.hpp"

#include <catch2/catch.hpp>

#include "core/base/rng.hpp"
#include "core/city/city.hpp"
#include "tests/core/dispatching.hpp"

using namespace tests;

TEST_CASE("a crash goes from its report to its end, one event a step") {
  DispatchCity city = DispatchCity::with_all();
  REQUIRE(city.state.crash("x/1"));
  CHECK(city.state.crash("x/1")->age == 1);
  struct Line {
    Step step;
    std::string ambulance, hospital;
    std::int64_t beds_free;
  };
  const std::vector<Line> story{{Step::queued, "", "", 2},
                                {Step::ambulance_allocated, "a", "", 2},
                                {Step::hospital_allocated, "a", "h", 1},
                                {Step::dispatched, "a", "h", 1},
                                {Step::arrived, "a", "h", 1},
                                {Step::transporting, "a", "h", 1},
                                {Step::at_hospital, "a", "h", 1},
                                {Step::completed, "a", "h", 1}};
  for (const Line& line : story) {
    CAPTURE(core::name_of(line.step));
    const auto fact = city.step("x/1", line.step, line.step == Step::queued ? "" : "a", "h");
    REQUIRE(fact);
    CHECK(fact->crash == "x/1");
    CHECK(fact->step == line.step);
    CHECK(fact->ambulance == line.ambulance);
    CHECK(fact->hospital == line.hospital);
    CHECK(fact->beds_free == line.beds_free);
    if (line.step != Step::completed) CHECK(city.state.crash("x/1")->cause == city.last());
  }
  CHECK(city.state.crashes().empty());
  CHECK(city.state.by_age().empty());
  CHECK(city.state.completed() == 1);
  CHECK(city.a().free());
  CHECK(city.a().cause == city.last());
  CHECK(city.h().admitted == 1);
}

TEST_CASE("what does not come next is void") {
  // Of each state, which steps fit; all others change nothing.
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
    for (std::uint8_t step = 0; step < core::kSteps; ++step) {
      DispatchCity city = DispatchCity::with_all();
      city.steps("x/1", Step::queued, reached);
      const std::string before = city.bytes();
      const auto wanted = static_cast<Step>(step);
      const bool fit = std::count(next.begin(), next.end(), wanted) > 0;
      CAPTURE(core::name_of(reached), core::name_of(wanted));
      CHECK(city.step("x/1", wanted, wanted == Step::queued ? "" : "a", "h").has_value() == fit);
      CHECK((city.bytes() == before) == !fit);
    }
}

TEST_CASE("a step by another ambulance, of an unknown crash or with an unknown unit is void") {
  DispatchCity city = DispatchCity::with_all();
  city.ambulance("b", at(3, 3));
  CHECK_FALSE(city.step("x/1", Step::ambulance_allocated, "nobody"));
  CHECK_FALSE(city.step("y/1", Step::ambulance_allocated, "a"));
  city.steps("x/1", Step::ambulance_allocated, Step::ambulance_allocated);
  CHECK_FALSE(city.step("x/1", Step::hospital_allocated, "b", "h"));
  CHECK_FALSE(city.step("x/1", Step::hospital_allocated, "a", "nowhere"));
  city.steps("x/1", Step::hospital_allocated, Step::dispatched);
  CHECK_FALSE(city.step("x/1", Step::arrived, "b"));
  CHECK_FALSE(city.step("x/1", Step::released, "b"));
  CHECK(city.step("x/1", Step::arrived, "a"));
}

TEST_CASE("a step that was meant for another state of the crash is void, though it would fit") {
  DispatchCity city = DispatchCity::with_all();
  city.steps("x/1", Step::ambulance_allocated, Step::dispatched);
  const core::EventId first = city.state.crash("x/1")->cause;
  city.step("x/1", Step::released, "a");
  city.steps("x/1", Step::ambulance_allocated, Step::dispatched);
  CHECK_FALSE(city.step_after(first, {"x/1", Step::arrived, "a", {}}));
  CHECK_FALSE(city.step_after({}, {"x/1", Step::arrived, "a", {}}));
  CHECK(city.step_after(city.state.crash("x/1")->cause, {"x/1", Step::arrived, "a", {}}));
}

TEST_CASE("a report that comes again is known by its number") {
  DispatchCity city;
  CHECK(city.report("x", 1));
  CHECK_FALSE(city.report("x", 1));
  CHECK(city.report("x", 2));
  CHECK_FALSE(city.report("x", 1));
  CHECK(city.report("y", 1));
  CHECK(city.state.crashes().size() == 3);
  CHECK(city.state.reports_of("x") == 2);
  CHECK(city.state.reports_of("z") == 0);
  city.ambulance("a", {}), city.hospital("h", {}, 1);
  city.steps("x/1", Step::ambulance_allocated, Step::completed);
  CHECK_FALSE(city.report("x", 1));  // over, and still known
}

TEST_CASE("who does not count its reports has another crash with each") {
  DispatchCity city;
  const auto first = city.report("x", 0), second = city.report("x", 0);
  REQUIRE((first && second));
  CHECK(first->crash == "x/0.1");
  CHECK(second->crash == "x/0.2");
}

TEST_CASE("two crashes, one ambulance: the second must wait until it is free") {
  DispatchCity city = DispatchCity::with_all();
  city.report("y", 1);
  CHECK(city.step("x/1", Step::ambulance_allocated, "a"));
  CHECK_FALSE(city.step("y/1", Step::ambulance_allocated, "a"));
  CHECK(city.step("y/1", Step::queued));
  city.steps("x/1", Step::hospital_allocated, Step::at_hospital);
  CHECK_FALSE(city.step("y/1", Step::ambulance_allocated, "a"));
  city.steps("x/1", Step::completed, Step::completed);
  CHECK(city.step("y/1", Step::ambulance_allocated, "a"));
  CHECK(city.a().crash == "y/1");
}

TEST_CASE("released: ambulance and bed are for others, and the crash waits again") {
  for (const Step last : {Step::ambulance_allocated, Step::hospital_allocated, Step::transporting}) {
    CAPTURE(core::name_of(last));
    DispatchCity city = DispatchCity::with_all();
    city.steps("x/1", Step::ambulance_allocated, last);
    const auto fact = city.step("x/1", Step::released, "a");
    REQUIRE(fact);
    CHECK(fact->ambulance == "a");
    CHECK(fact->hospital == (last == Step::ambulance_allocated ? "" : "h"));
    CHECK(fact->beds_free == 2);
    CHECK(city.a().free());
    CHECK(city.h().reserved == 0);
    CHECK(city.h().admitted == 0);
    CHECK(city.state.crash("x/1")->ambulance.empty());
    CHECK(city.state.crash("x/1")->age == 1);
    CHECK(city.step("x/1", Step::ambulance_allocated, "a"));
  }
}

TEST_CASE("beds: kept, taken, and given back as the hospital counts them") {
  DispatchCity city = DispatchCity::with_all();
  CHECK(city.h().beds_free() == 2);
  city.steps("x/1", Step::ambulance_allocated, Step::hospital_allocated);
  CHECK(city.h().beds == 2);
  CHECK(city.h().reserved == 1);
  city.steps("x/1", Step::dispatched, Step::at_hospital);
  CHECK(city.h().beds == 1);
  CHECK(city.h().reserved == 0);
  CHECK(city.h().admitted == 1);

  SECTION("a report that does not know of the patient yet") {
    city.hospital("h", at(2, 2), 2, 2, 0, 2);
    CHECK(city.h().beds_free() == 1);
  }
  SECTION("one that does") {
    city.hospital("h", at(2, 2), 1, 2, 1, 2);
    CHECK(city.h().beds_free() == 1);
  }
  SECTION("the patient leaves") {
    city.hospital("h", at(2, 2), 2, 2, 1, 2);
    CHECK(city.h().beds_free() == 2);
  }
  SECTION("a promised bed stays promised, whatever the hospital says") {
    city.report("y", 1);
    city.steps("x/1", Step::completed, Step::completed);
    city.steps("y/1", Step::ambulance_allocated, Step::hospital_allocated);
    city.hospital("h", at(2, 2), 0, 2, 1, 2);
    CHECK(city.h().beds_free() == 0);
    CHECK(city.h().beds == 1);
  }
  SECTION("numbers that nobody can have") {
    city.hospital("h", at(2, 2), -5, 2, 1, 2);
    CHECK(city.h().beds_free() == 0);
    city.hospital("h", at(2, 2), INT64_MAX, 3, 99, 2);
    CHECK(city.h().beds_free() == 1'000'000);
  }
}

TEST_CASE("a full hospital takes nobody") {
  DispatchCity city = DispatchCity::with_all();
  city.hospital("h", at(2, 2), 1, 2, 0, 2);
  city.report("y", 1), city.ambulance("b", {});
  CHECK(city.step("x/1", Step::ambulance_allocated, "a"));
  CHECK(city.step("y/1", Step::ambulance_allocated, "b"));
  CHECK(city.step("x/1", Step::hospital_allocated, "a", "h"));
  CHECK_FALSE(city.step("y/1", Step::hospital_allocated, "b", "h"));
  CHECK(city.h().beds_free() == 0);
}

TEST_CASE("a session is one stay at one server") {
  DispatchCity city;
  city.ambulance("a", at(1, 1), 1, 1, 5);
  const auto where = [&] { return city.a().at.longitude / 1000; };
  CHECK(where() == 1);
  city.ambulance("a", at(2, 2), 1, 1, 5);
  CHECK(where() == 1);  // it has come before
  city.ambulance("a", at(2, 2), 2, 1, 6);
  CHECK(where() == 1);  // not its server
  city.ambulance("a", at(2, 2), 1, 1, 6);
  CHECK(where() == 2);
  city.ambulance("a", at(3, 3), 2, 2, 1);
  CHECK(where() == 3);  // it has moved
  city.ambulance("a", at(4, 4), 1, 1, 7);
  CHECK(where() == 3);  // said before it moved
  CHECK(city.a().server == 2);
  city.gone("a", UnitKind::ambulance, 1);
  CHECK(city.a().here());  // it is not there any more, but here
  city.gone("a", UnitKind::ambulance, 2);
  CHECK_FALSE(city.a().here());
  city.ambulance("a", at(5, 5), 2, 2, 2);
  CHECK_FALSE(city.a().here());  // gone is gone: it has to come anew
  city.ambulance("a", at(5, 5), 2, 3, 1);
  CHECK(city.a().free());
}

TEST_CASE("an ambulance keeps its crash when it moves, and takes none while it says so or is gone") {
  DispatchCity city = DispatchCity::with_all();
  city.steps("x/1", Step::ambulance_allocated, Step::dispatched);
  city.ambulance("a", at(1, 1), 2, 2);
  CHECK(city.a().crash == "x/1");
  CHECK(city.step("x/1", Step::arrived, "a"));

  DispatchCity other = DispatchCity::with_all();
  other.ambulance("a", at(1, 1), 1, 1, 2, false);
  CHECK_FALSE(other.step("x/1", Step::ambulance_allocated, "a"));
  other.ambulance("a", at(1, 1), 1, 1, 3, true);
  other.gone("a", UnitKind::ambulance);
  CHECK_FALSE(other.step("x/1", Step::ambulance_allocated, "a"));
}

TEST_CASE("bytes that are no event change nothing") {
  DispatchCity city = DispatchCity::with_all();
  const std::string before = city.bytes();
  core::Rng rng{7};
  const auto send = [&](std::string_view type, std::string payload) {
    CHECK_FALSE(city.apply({{}, std::string{type}, std::move(payload)}));
  };
  for (const std::string_view type : {"dispatch.reported", "dispatch.unit", "dispatch.gone", "dispatch.arrived"}) {
    send(type, "");
    send(type, std::string(40, '\xff'));
  }
  const std::string good = core::bytes_of(core::CrashStep{"x/1", Step::ambulance_allocated, "a", ""});
  for (std::size_t size = 0; size < good.size(); ++size) send("dispatch.queued", good.substr(0, size));
  send("dispatch.ambulance_allocated", good + '\0');
  send("dispatch.reported", core::bytes_of(core::CrashReport{"", 1, {}}));
  send("dispatch.reported", core::bytes_of(core::CrashReport{"z", 1, {.latitude = 90'000'001, .longitude = 0}}));
  send("dispatch.unit", core::bytes_of(core::UnitReport{.unit = "", .session = 9, .number = 1, .at = {}}));
  send("dispatch.unit", core::bytes_of(core::UnitReport{.unit = "z", .number = 1, .at = {}}));  // no session
  send("dispatch.unit", core::bytes_of(core::UnitReport{.unit = "z", .kind = UnitKind{2}, .session = 1, .at = {}}));
  send("dispatch.gone", core::bytes_of(core::UnitGone{"h", UnitKind{2}, 1}));
  send("dispatch.released", core::bytes_of(core::CrashStep{"x/1", Step{11}, "", ""}));
  CHECK(city.bytes() == before);
}

TEST_CASE("the state comes back whole from its bytes, and lives on equally") {
  core::CityPlan plan;
  plan.dispatch.on = true;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    CAPTURE(seed);
    core::Rng rng{seed};
    DispatchCity city;
    const auto anything = [&] {
      const std::string unit(1, static_cast<char>('a' + rng.below(3))), car(1, static_cast<char>('x' + rng.below(3)));
      const Place place = at(static_cast<std::int64_t>(rng.below(90)) - 45, static_cast<std::int64_t>(rng.below(90)));
      const std::uint64_t draw = rng.below(8);
      if (draw == 0) city.report(car, rng.below(4), place);
      if (draw == 1) city.ambulance(unit, place, 1, rng.below(3), rng.below(5));
      if (draw == 2) city.hospital(unit, place, 3, rng.below(5), rng.below(3), 1, rng.below(3));
      if (draw == 3) city.gone(unit, rng.below(2) == 0 ? UnitKind::ambulance : UnitKind::hospital, rng.below(3));
      for (const auto& [id, crash] : std::map{city.state.crashes()})
        if (draw > 3)
          city.step(id, Step(rng.below(core::kSteps)), crash.ambulance.empty() ? unit : crash.ambulance, unit);
    };
    for (int i = 0; i < 200; ++i) anything();
    core::CityState before{.dispatch = city.state, .lights = {}};
    const std::string bytes = encode(before, plan);
    auto again = core::decode_city(bytes, plan);
    REQUIRE(again);
    REQUIRE(encode(*again, plan) == bytes);
    CHECK_FALSE(core::decode_city(bytes + "x", plan));
    CHECK_FALSE(core::decode_city(bytes, core::CityPlan{}));
    const core::Submission next = core::event_of(core::CrashReport{"w", 1, at(-3, 4)});
    const core::Event event{{0, 9999}, {}, next.type, next.payload, {}};
    CHECK(again->dispatch.apply(event).has_value());
    CHECK(before.dispatch.apply(event).has_value());
    CHECK(encode(*again, plan) == encode(before, plan));
  }
}
