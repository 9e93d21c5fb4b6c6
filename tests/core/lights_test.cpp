// The lights as a state machine, and what a leader proposes for them.
#include "core/city/lights.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/base/rng.hpp"
#include "core/city/events.hpp"
#include "core/city/lights_keeper.hpp"

using core::Duration;
using core::Instant;
using core::LampOrder;
using core::LightsPlan;

namespace {

constexpr std::uint32_t kDriftPpm = 5'000;

Instant at_s(std::int64_t seconds) {
  return Instant{} + Duration::s(seconds);
}

// The lights of one city, and events that happen to them. Calls are counted from 1 here.
struct City {
  LightsPlan plan;
  core::Lights lights;

  explicit City(std::uint32_t approaches = 4) {
    plan.intersections = 1;
    plan.approaches = approaches;
    lights = core::Lights{plan};
  }

  template <class T>
  std::vector<LampOrder> happens(const T& value) {
    core::Submission event = core::event_of(value);
    std::vector<LampOrder> orders;
    lights.apply(
        {.id = {}, .depends_on = {}, .type = std::move(event.type), .payload = std::move(event.payload), .rejects = {}},
        plan, orders);
    return orders;
  }
  std::vector<LampOrder> call(std::uint32_t phase, std::uint64_t number) {
    return happens(core::LightsCall{0, phase, plan.phases() + number});
  }
  void ready(std::uint32_t approach, std::uint64_t call, Instant clock = at_s(100)) {
    happens(core::LightsReady{{0, approach}, plan.phases() + call, 9, clock});
  }
  std::vector<LampOrder> green(std::uint64_t call, std::uint64_t number) {
    return happens(core::LightsGreen{0, plan.phases() + call, number});
  }
  void red(std::uint32_t approach, std::uint64_t over) { happens(core::LightsRed{{0, approach}, over}); }
  [[nodiscard]] const core::Intersection& at() const { return lights.intersections()[0]; }
};

std::vector<std::uint32_t> approaches_of(const std::vector<LampOrder>& orders) {
  std::vector<std::uint32_t> list;
  for (const LampOrder& order : orders) list.push_back(order.lamp.approach);
  return list;
}

// What the leader would propose at that time.
std::vector<std::string> proposed(core::LightsKeeper& keeper, City& city, Instant now) {
  std::vector<core::Proposal> out;
  keeper.look(now, city.lights, city.plan);
  keeper.propose(now, city.lights, city.plan, out);
  std::vector<std::string> types;
  for (const core::Proposal& proposal : out) types.push_back(proposal.event.type);
  return types;
}

using Types = std::vector<std::string>;

}  // namespace

TEST_CASE("only who is ready turns green, for the lease from when it said so") {
  City city;
  CHECK(approaches_of(city.call(0, 1)) == std::vector<std::uint32_t>{0, 2});
  city.ready(2, 1, at_s(50));
  city.ready(1, 1);  // of the other phase
  const std::vector<LampOrder> orders = city.green(1, 1);
  REQUIRE(approaches_of(orders) == std::vector<std::uint32_t>{2});
  CHECK(orders[0].what == LampOrder::What::green);
  CHECK(orders[0].until == at_s(50) + city.plan.lease());
  CHECK(orders[0].number == 1);
  CHECK(city.at().approaches[2].open());
  CHECK_FALSE(city.at().approaches[0].open());
}

TEST_CASE("what was made from an older state is void") {
  City city;
  city.call(0, 1);
  city.ready(0, 1);
  SECTION("a call that was made already") {
    CHECK(city.call(1, 1).empty());
    CHECK(city.at().called == 0);
  }
  SECTION("a green that does not know of another") {
    CHECK_FALSE(city.green(1, 1).empty());
    CHECK(city.green(1, 1).empty());
    city.call(1, 2);
    city.ready(1, 2);
    CHECK(city.green(2, 1).empty());
    CHECK(city.green(1, 2).empty());
    CHECK_FALSE(city.green(2, 2).empty());
  }
  SECTION("readiness for an older call") {
    city.call(0, 2);
    CHECK(approaches_of(city.green(2, 1)).empty());
    CHECK_FALSE(city.at().approaches[0].open());
  }
  SECTION("red of a green that is not known yet, or known to be over") {
    city.red(0, 5);
    city.green(1, 1);
    CHECK(city.at().approaches[0].open());
    city.red(0, 0);
    CHECK(city.at().approaches[0].open());
    city.red(0, 1);
    CHECK_FALSE(city.at().approaches[0].open());
  }
  SECTION("a cut of another green") {
    city.green(1, 1);
    CHECK(city.happens(core::LightsCut{0, 2}).empty());
    CHECK(city.happens(core::LightsCut{0, 1}).size() == 1);
    CHECK(city.happens(core::LightsCut{0, 1}).empty());
  }
}

TEST_CASE("what is no event of these lights changes nothing") {
  City city;
  const std::string before = core::bytes_of(city.lights);
  CHECK(city.happens(core::LightsCall{7, 0, 1}).empty());
  CHECK(city.call(2, 1).empty());
  city.ready(9, 1);
  CHECK(city.green(0, 1).empty());
  std::vector<LampOrder> orders;
  city.lights.apply({.id = {}, .depends_on = {}, .type = "lights.call", .payload = "x", .rejects = {}}, city.plan,
                    orders);
  CHECK(core::bytes_of(city.lights) == before);
}

TEST_CASE("a green waits for the word of the last lamps, or for their lease by any clock") {
  City city;
  core::LightsKeeper keeper{city.plan, kDriftPpm};
  CHECK(proposed(keeper, city, at_s(1)) == Types{"lights.call"});
  city.call(0, 1);
  city.ready(0, 1);
  city.ready(2, 1);
  proposed(keeper, city, at_s(2));
  city.green(1, 1);
  CHECK(proposed(keeper, city, at_s(10)).empty());
  SECTION("both say that they are red: all-red, and then the next") {
    city.red(0, 1);
    CHECK(proposed(keeper, city, at_s(17)).empty());
    city.red(2, 1);
    CHECK(proposed(keeper, city, at_s(17)) == Types{"lights.call"});
    city.call(1, 2);
    city.ready(1, 2);
    city.ready(3, 2);
    CHECK(proposed(keeper, city, at_s(17)).empty());
    CHECK(proposed(keeper, city, at_s(18)).empty());  // a second by this clock may be less by another
    CHECK(proposed(keeper, city, at_s(18) + Duration::ms(20)) == Types{"lights.green"});
  }
  SECTION("one of them is silent: its lease, and more, since clocks differ") {
    city.red(0, 1);
    const Instant learnt = at_s(10), over = learnt + city.plan.lease();
    CHECK(proposed(keeper, city, over).empty());
    const Instant surely = over + city.plan.lease() * 2 * kDriftPpm / 900'000;
    CHECK(proposed(keeper, city, surely) == Types{"lights.call"});
    city.call(1, 2);
    city.ready(1, 2);
    city.ready(3, 2);
    CHECK(proposed(keeper, city, surely).empty());
    CHECK(proposed(keeper, city, surely + Duration::ms(1'100)) == Types{"lights.green"});
  }
}

TEST_CASE("who does not answer a call is waited for, but not for long") {
  City city;
  core::LightsKeeper keeper{city.plan, kDriftPpm};
  city.call(0, 1);
  CHECK(proposed(keeper, city, at_s(5)).empty());
  SECTION("one is ready") {
    city.ready(0, 1);
    CHECK(proposed(keeper, city, at_s(6)).empty());
    CHECK(proposed(keeper, city, at_s(7)) == Types{"lights.green"});
  }
  SECTION("nobody: another phase") {
    CHECK(proposed(keeper, city, at_s(7)) == Types{"lights.call"});
  }
}

TEST_CASE("no phase is called less often than every phases() + 2 times, whatever is asked for") {
  const std::uint64_t seed = GENERATE(range<std::uint64_t>(1, 80));
  CAPTURE(seed);
  core::Rng rng{seed};
  City city{2 + static_cast<std::uint32_t>(rng.below(6))};
  if (rng.below(2) == 0) city.plan.order = core::PhaseOrder::demand;
  const auto approach = [&] { return static_cast<std::uint32_t>(rng.below(city.plan.approaches)); };
  std::vector<std::uint64_t> last(city.plan.phases(), 0);
  for (std::uint64_t call = 1; call <= 400; ++call) {
    while (rng.below(3) != 0) {
      const std::string crash = "car" + std::to_string(rng.below(5));
      const bool there = rng.below(2) == 0;
      city.happens(core::LightsCorridor{
          crash, there ? core::Step::dispatched : core::Step::transporting, {{0, approach()}, {0, approach()}}});
      city.happens(core::LightsDemand{{0, 0}, 50});
      city.happens(core::LightsDemand{{0, approach()}, static_cast<std::uint32_t>(rng.below(20))});
      if (rng.below(4) == 0) city.lights.end_corridor(crash);
    }
    const std::uint32_t phase = city.lights.next_phase(0, city.plan);
    city.call(phase, call);
    last[phase] = call;
    REQUIRE(call - *std::min_element(last.begin(), last.end()) < city.plan.phases() + 2);
  }
}

TEST_CASE("an ambulance gets the next green, and one that is green already is left alone") {
  City city;
  core::LightsKeeper keeper{city.plan, kDriftPpm};
  city.call(0, 1);
  city.ready(0, 1);
  city.green(1, 1);
  CHECK(proposed(keeper, city, at_s(3)).empty());
  SECTION("it comes from where it is red: the green is cut") {
    city.happens(core::LightsCorridor{"car1", core::Step::dispatched, {{0, 1}}});
    CHECK(proposed(keeper, city, at_s(3)) == Types{"lights.cut"});
    city.happens(core::LightsCut{0, 1});
    CHECK(proposed(keeper, city, at_s(4)).empty());
    CHECK(city.lights.next_phase(0, city.plan) == 1);
  }
  SECTION("it comes from where it is green") {
    city.happens(core::LightsCorridor{"car1", core::Step::dispatched, {{0, 2}}});
    CHECK(proposed(keeper, city, at_s(3)).empty());
  }
}
