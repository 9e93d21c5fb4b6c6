// The lamps of a node as people are shown them.
#include <catch2/catch.hpp>

#include "net/gateway/lamps.hpp"
#include "tests/net/messages.hpp"

namespace {

using core::Colour;
using core::Duration;
using net::Json;

struct Line final : net::Caller {
  std::vector<Json> heard;
  void answer(std::string line) override { heard.push_back(Json::parse(line)); }
  void hang_up() override {}
};

// A group of one, at which all lamps hang.
struct Keeper {
  core::Config config = tests::group_of(1);
  net::Lamps lamps;
  std::shared_ptr<Line> line = std::make_shared<Line>();
  core::Instant now = core::Instant{} + Duration::s(100);

  Keeper() {
    config.city.lights.intersections = 1;
    lamps.follow(config.city.lights);
  }
  void says(Colour colour, std::uint64_t over = 0) {
    const core::LampReport report{{0, 0}, 7, now, colour, over};
    REQUIRE(lamps.hear(
        now, net::to_json(report, config.city.lights).dump(), line, config, 0, [](const auto&) {},
        [](core::Member) { return Json(); }));
  }
  void order(core::LampOrder::What what) {
    lamps.order({.lamp = {0, 0},
                 .what = what,
                 .number = 1,
                 .boot = 7,
                 .until = now + Duration::s(20),
                 .green = Duration::s(5),
                 .yellow = Duration::s(2),
                 .min_green = Duration::s(2)});
  }
  [[nodiscard]] Colour after(Duration span) const {
    const auto shown = lamps.shown(now + span);
    REQUIRE(shown.size() == 1);
    return shown[0].colour;
  }
};

TEST_CASE("shown lamps: green as it said, yellow when its green has lasted, red as it says", "[lamps]") {
  Keeper keeper;
  CHECK(keeper.lamps.shown(keeper.now).empty());
  keeper.says(Colour::red);
  CHECK(keeper.after(Duration::s(60)) == Colour::red);
  keeper.order(core::LampOrder::What::green);
  keeper.says(Colour::green);
  CHECK(keeper.after(Duration::ms(4'999)) == Colour::green);
  CHECK(keeper.after(Duration::s(5)) == Colour::yellow);
  keeper.now = keeper.now + Duration::s(3);
  keeper.says(Colour::green);  // again: it has been since then
  CHECK(keeper.after(Duration::s(2)) == Colour::yellow);
  keeper.says(Colour::red, 1);
  CHECK(keeper.after(Duration::s(60)) == Colour::red);
}

TEST_CASE("shown lamps: a green that is cut is yellow when it has lasted as long as it must", "[lamps]") {
  Keeper keeper;
  keeper.says(Colour::red);
  keeper.order(core::LampOrder::What::green);
  keeper.says(Colour::green);
  keeper.order(core::LampOrder::What::cut);
  CHECK(keeper.after(Duration::ms(1'999)) == Colour::green);
  CHECK(keeper.after(Duration::s(2)) == Colour::yellow);
}

TEST_CASE("shown lamps: one that was green when it came stays so, and one that went is away", "[lamps]") {
  Keeper keeper;
  keeper.says(Colour::green);
  CHECK(keeper.after(Duration::s(60)) == Colour::green);
  CHECK(keeper.lamps.shown(keeper.now)[0].connected);
  keeper.line.reset();
  CHECK_FALSE(keeper.lamps.shown(keeper.now)[0].connected);
}

}  // namespace
