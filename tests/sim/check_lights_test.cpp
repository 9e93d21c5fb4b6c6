// Made-up lamps that break each rule, and lamps that only just do not. One crossing of four approaches at four nodes;
// green 5 s, yellow 2 s, all-red 1 s; clock_drift_max 5000 ppm.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/records.hpp"

using namespace records;
using core::Colour;
using Names = std::set<std::string>;

namespace {

constexpr std::uint32_t north = 0, east = 1, south = 2;

sim::Scenario lights_of(std::size_t nodes) {
  sim::Scenario scenario = group_of(nodes);
  scenario.group.city.lights.intersections = 1;
  scenario.lights.emplace();
  scenario.expect.all_invariants = false;
  scenario.expect.invariants = {"no_conflicting_green", "yellow_time", "no_starvation"};
  return scenario;
}

struct Street : Tape {
  explicit Street(std::size_t nodes = 4) : Tape{lights_of(nodes)} {}

  Street& ms(std::int64_t when) { return at(Duration::ms(when)), *this; }
  Street& shows(std::uint32_t approach, Colour colour) {
    const core::Details details{.light = {{0, approach}, colour, {}}};
    put(Kind::light, static_cast<Member>(approach), {.more = &details});
    return *this;
  }
  // Green at that time, yellow 5 s later, red 2 s after that.
  Street& round(std::uint32_t approach, std::int64_t from) {
    ms(from).shows(approach, Colour::green).ms(from + 5'000).shows(approach, Colour::yellow);
    return ms(from + 7'000).shows(approach, Colour::red);
  }
};

}  // namespace

TEST_CASE("no_conflicting_green: two that cross each other are green at one instant") {
  Street street;
  street.start_all();
  SECTION("north and east") {
    street.ms(1'000).shows(north, Colour::green).ms(1'500).shows(east, Colour::green);
    CHECK(street.broken() == Names{"no_conflicting_green"});
    CHECK(street.fresh[0].detail ==
          "approach east of intersection 1 turned GREEN at 1.500 s, though approach north of intersection 1 is GREEN "
          "since 1.000 s");
  }
  SECTION("north and south do not cross") {
    street.ms(1'000).shows(north, Colour::green).ms(1'500).shows(south, Colour::green);
    CHECK(street.broken().empty());
  }
  SECTION("whether or not the node is dead") {
    street.ms(1'000).shows(north, Colour::green).crash(n1).put(Kind::crash, n2, {});
    street.ms(1'500).shows(east, Colour::green);
    CHECK(street.broken() == Names{"no_conflicting_green"});
  }
}

TEST_CASE("yellow_time: every change passes yellow and all-red") {
  Street street;
  street.start_all();
  SECTION("as planned") {
    street.round(north, 1'000).round(east, 9'000);
    CHECK(street.broken().empty());
  }
  SECTION("yellow as short as the fastest clock makes it") {
    street.ms(0).shows(north, Colour::green).ms(5'000).shows(north, Colour::yellow);
    street.ms(6'991).shows(north, Colour::red);
    CHECK(street.broken().empty());
  }
  SECTION("shorter") {
    street.ms(0).shows(north, Colour::green).ms(5'000).shows(north, Colour::yellow);
    street.ms(6'980).shows(north, Colour::red);
    CHECK(street.broken() == Names{"yellow_time"});
    CHECK(street.fresh[0].detail ==
          "approach north of intersection 1 was YELLOW from 5.000 s to 6.980 s only; the plan says 2.000 s");
  }
  SECTION("yellow is skipped") {
    street.ms(0).shows(north, Colour::green).ms(5'000).shows(north, Colour::red);
    CHECK(street.broken() == Names{"yellow_time"});
  }
  SECTION("green again without red") {
    street.ms(0).shows(north, Colour::green).ms(5'000).shows(north, Colour::yellow);
    street.ms(7'000).shows(north, Colour::green);
    CHECK(street.broken() == Names{"yellow_time"});
  }
  SECTION("all-red is too short") {
    street.round(north, 0).ms(7'980).shows(east, Colour::green);
    CHECK(street.broken() == Names{"yellow_time"});
  }
  SECTION("all-red as short as the fastest clock makes it") {
    street.round(north, 0).ms(7'996).shows(east, Colour::green);
    CHECK(street.broken().empty());
  }
  SECTION("the other is yellow yet") {
    street.ms(0).shows(north, Colour::green).ms(5'000).shows(north, Colour::yellow);
    street.ms(6'000).shows(east, Colour::green);
    CHECK(street.broken() == Names{"yellow_time"});
  }
}

// Two cycles are 64 s, and things are settled after 15 s.
TEST_CASE("no_starvation: in two settled cycles every approach turns green") {
  Street street;
  street.start_all();
  SECTION("nobody ever does") {
    CHECK(names_of(street.end_s(78).violations) == Names{});
    CHECK(street.end_s(80).violation_count == 4);
    CHECK(street.fresh[0].detail ==
          "approach north of intersection 1 did not turn GREEN from 15.000 s to 80.000 s, though things were settled "
          "and its node could reach a quorum; two cycles take 64.000 s");
  }
  SECTION("one is left out for too long, and then turns green") {
    for (const std::uint32_t approach : {north, south}) street.ms(16'000).shows(approach, Colour::green);
    street.ms(81'000).shows(east, Colour::green);
    CHECK(names_of(street.fresh) == Names{"no_starvation", "no_conflicting_green"});
  }
  SECTION("a disturbance in between") {
    street.at_s(60).fault("clock", 0);
    CHECK(names_of(street.end_s(138).violations) == Names{});
  }
  SECTION("the stretch that a disturbance ends is judged") {
    street.at_s(80).fault("clock", 0);
    CHECK(names_of(street.fresh) == Names{"no_starvation"});
  }
  SECTION("the lamps of the dead, and of those who reach no quorum, need not") {
    street.at_s(1).crash(n1).at_s(1).fault("isolate", 0, between({n2}, {n1, n3, n4}), {n2});
    const sim::Judgement judgement = street.end_s(85);
    CHECK(judgement.violation_count == 0);  // two of four are no quorum
  }
  SECTION("the others must") {
    street.at_s(1).crash(n1);
    CHECK(street.end_s(85).violation_count == 3);
  }
}

TEST_CASE("what is not there is not missed") {
  const auto notes = [](sim::Scenario scenario) {
    scenario.expect.all_invariants = true;
    Tape tape{std::move(scenario)};
    return tape.start_all().end_s(5).notes;
  };
  const std::string missed = "not exercised: no_conflicting_green";
  const std::vector<std::string> without = notes(group_of(4)), with = notes(lights_of(4));
  CHECK(std::find(without.begin(), without.end(), missed) == without.end());
  CHECK(std::find(with.begin(), with.end(), missed) != with.end());
}
