// A lamp by itself: what it obeys, and what it does when nobody tells it anything.
#include "core/city/lamp.hpp"

#include <catch2/catch.hpp>

#include "core/base/rng.hpp"

using core::Colour;
using core::Duration;
using core::Instant;
using core::Lamp;
using core::LampOrder;

namespace {

constexpr std::uint64_t kBoot = 77;

Instant at_s(std::int64_t seconds) {
  return Instant{} + Duration::s(seconds);
}

// Green for 5 s, yellow for 2 s, at least 2 s of green.
LampOrder green(std::uint64_t number, Instant until) {
  return {.lamp = {},
          .what = LampOrder::What::green,
          .number = number,
          .boot = kBoot,
          .until = until,
          .green = Duration::s(5),
          .yellow = Duration::s(2),
          .min_green = Duration::s(2)};
}

LampOrder cut(std::uint64_t number) {
  LampOrder order{};
  order.what = LampOrder::What::cut;
  order.number = number;
  order.min_green = Duration::s(2);
  return order;
}

}  // namespace

TEST_CASE("a lamp is red, then green for its time, then yellow, then red for good") {
  Lamp lamp{{}, kBoot};
  CHECK(lamp.colour() == Colour::red);
  CHECK(lamp.next_change() == Instant::never());
  REQUIRE(lamp.obey(at_s(10), green(1, at_s(30))));
  CHECK(lamp.colour() == Colour::green);
  CHECK(lamp.report(at_s(10)).over == 0);
  REQUIRE(lamp.next_change() == at_s(15));
  CHECK_FALSE(lamp.wake(at_s(14)));
  REQUIRE(lamp.wake(at_s(15)));
  CHECK(lamp.colour() == Colour::yellow);
  REQUIRE(lamp.wake(at_s(17)));
  CHECK(lamp.colour() == Colour::red);
  CHECK(lamp.report(at_s(17)).over == 1);
  CHECK_FALSE(lamp.obey(at_s(18), green(1, at_s(40))));
  CHECK(lamp.colour() == Colour::red);
}

TEST_CASE("an order is good until its time only") {
  Lamp lamp{{}, kBoot};
  SECTION("too late for the least green and yellow: it is never shown") {
    CHECK_FALSE(lamp.obey(at_s(27), green(3, at_s(30))));
    CHECK(lamp.colour() == Colour::red);
    CHECK(lamp.report(at_s(27)).over == 3);
    CHECK_FALSE(lamp.obey(at_s(20), green(3, at_s(30))));
  }
  SECTION("late: the green is shorter, yellow is not, and it is red by then") {
    REQUIRE(lamp.obey(at_s(25), green(3, at_s(30))));
    CHECK(lamp.next_change() == at_s(28));
    REQUIRE(lamp.wake(at_s(28)));
    CHECK(lamp.next_change() == at_s(30));
  }
  SECTION("meant by the clock of another boot") {
    LampOrder other = green(3, at_s(30));
    other.boot = kBoot + 1;
    CHECK_FALSE(lamp.obey(at_s(10), other));
    CHECK(lamp.report(at_s(10)).over == 0);
  }
}

TEST_CASE("yellow is never skipped, however late a lamp is woken") {
  Lamp lamp{{}, kBoot};
  REQUIRE(lamp.obey(at_s(10), green(1, at_s(30))));
  REQUIRE(lamp.wake(at_s(100)));
  CHECK(lamp.colour() == Colour::yellow);
  CHECK_FALSE(lamp.wake(at_s(101)));
  REQUIRE(lamp.wake(at_s(102)));
  CHECK(lamp.colour() == Colour::red);
}

TEST_CASE("a green that is cut has lasted its least, and passes through yellow") {
  Lamp lamp{{}, kBoot};
  REQUIRE(lamp.obey(at_s(10), green(4, at_s(30))));
  SECTION("at once") {
    CHECK_FALSE(lamp.obey(at_s(11), cut(4)));
    CHECK(lamp.next_change() == at_s(12));
    REQUIRE(lamp.wake(at_s(12)));
    CHECK(lamp.next_change() == at_s(14));
  }
  SECTION("when it has lasted long enough") {
    CHECK(lamp.obey(at_s(13), cut(4)));
    CHECK(lamp.colour() == Colour::yellow);
  }
  SECTION("it was another green") {
    CHECK_FALSE(lamp.obey(at_s(11), cut(3)));
    CHECK(lamp.next_change() == at_s(15));
  }
  SECTION("another order changes nothing while it shows this one") {
    CHECK_FALSE(lamp.obey(at_s(11), green(5, at_s(40))));
    CHECK(lamp.next_change() == at_s(15));
  }
}

TEST_CASE("whatever a lamp is told, it is red when its order says so, and each yellow lasts") {
  const std::uint64_t seed = GENERATE(range<std::uint64_t>(1, 60));
  CAPTURE(seed);
  core::Rng rng{seed};
  Lamp lamp{{}, kBoot};
  Instant now, until, yellow_since;
  std::uint64_t greens = 0;
  for (int step = 0; step < 2'000; ++step) {
    const Colour before = lamp.colour();
    now = std::min(now + Duration::ms(static_cast<std::int64_t>(rng.below(1'500))), lamp.next_change());
    const LampOrder order = rng.below(3) == 0 ? cut(lamp.report(now).over + 1)
                                              : green(lamp.report(now).over + rng.below(3),
                                                      now + Duration::ms(static_cast<std::int64_t>(rng.below(15'000))));
    if (rng.below(2) == 0) {
      lamp.wake(now);
    } else if (lamp.obey(now, order) && before == Colour::red) {
      until = order.until;
      ++greens;
    }
    if (lamp.colour() == before) continue;
    if (lamp.colour() == Colour::yellow) yellow_since = now;
    const Colour expected = before == Colour::red     ? Colour::green
                            : before == Colour::green ? Colour::yellow
                                                      : Colour::red;
    REQUIRE(lamp.colour() == expected);
    if (lamp.colour() != Colour::red) continue;
    REQUIRE(now - yellow_since >= Duration::s(2));
    REQUIRE(now <= until);
  }
  CHECK(greens > 50);
}
