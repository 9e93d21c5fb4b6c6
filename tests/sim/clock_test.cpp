// A clock of its own: exact, never back, and true time found again.
#include "sim/world/clock.hpp"

#include <catch2/catch.hpp>

#include "core/base/rng.hpp"

using core::Duration;
using core::Instant;
using sim::Clock;

namespace {

Instant second(std::int64_t s) {
  return Instant{} + Duration::s(s);
}

// `when` finds the first true instant at which the clock shows as much.
void check_first(const Clock& clock, Instant shown) {
  const Instant found = clock.when(shown);
  CHECK(clock.at(found) >= shown);
  if (found > Instant{}) CHECK(clock.at(found - Duration{1}) < shown);
}

}  // namespace

TEST_CASE("a clock that nobody has bent shows true time") {
  const Clock clock;
  CHECK(clock.at(second(5)) == second(5));
  CHECK(clock.when(second(5)) == second(5));
  CHECK(clock.when(Instant::never()) == Instant::never());
}

TEST_CASE("a bent clock gains or loses its share of every second") {
  Clock clock;
  clock.bend({}, 200);
  CHECK(clock.at(second(10)) == second(10) + Duration::ms(2));
  CHECK(clock.when(second(10) + Duration::ms(2)) == second(10));
  clock.bend(second(10), -200'000);
  CHECK(clock.at(second(15)) == second(14) + Duration::ms(2));
  clock.bend(second(15), 0);
  CHECK(clock.at(second(20)) == second(19) + Duration::ms(2));
  CHECK(clock.when(second(19) + Duration::ms(2)) == second(20));
  CHECK(clock.when(Instant::never()) == Instant::never());
}

TEST_CASE("what a clock showed before its rate changed is not looked for before that") {
  Clock clock;
  clock.bend(second(10), 100'000);
  CHECK(clock.when(second(3)) == second(10));
  clock.bend(second(20), 0);
  CHECK(clock.when(second(3)) == second(20));
}

TEST_CASE("however it is bent, a clock never goes back, and `when` is exact") {
  core::Rng rng{7};
  for (int run = 0; run < 50; ++run) {
    CAPTURE(run);
    Clock clock;
    Instant now, shown;
    for (int change = 0; change < 20; ++change) {
      const auto ppm = static_cast<std::int32_t>(rng.below(400'001)) - Clock::kMostPpm;
      clock.bend(now, ppm);
      REQUIRE(clock.at(now) >= shown);
      for (int look = 0; look < 5; ++look) {
        now = now + Duration{static_cast<std::int64_t>(rng.below(look % 2 == 0 ? 5 : 10'000'000'000))};
        REQUIRE(clock.at(now) >= shown);
        shown = clock.at(now);
        check_first(clock, shown + Duration{1 + static_cast<std::int64_t>(rng.below(1'000'000))});
      }
    }
  }
}

TEST_CASE("at the far end of time nothing overflows") {
  for (const std::int32_t ppm : {-Clock::kMostPpm, -1, 1, Clock::kMostPpm}) {
    Clock clock;
    clock.bend(second(1), ppm);
    const Instant last = Instant::never() - Duration{1};
    CHECK(clock.when(Instant::never()) == Instant::never());
    CHECK(clock.when(last) <= Instant::never());
    CHECK(clock.when(last) > second(1));
    const Instant late = second(360'000'000);  // the longest run
    CHECK((clock.at(late) - late).ns / ppm > 0);
    check_first(clock, clock.at(late));
  }
}
