// At whom the lamps hang, where some members may come later, if ever.
#include <catch2/catch.hpp>

#include "core/city/city.hpp"
#include "core/group/settings.hpp"

TEST_CASE("lamps hang at the first members only, if so many are their keepers") {
  core::Config config;
  for (std::uint64_t i = 0; i < 16; ++i) config.members.push_back({"n" + std::to_string(i), {0, i + 1}, 0, i < 3});
  config.city.lights.intersections = 5;
  const auto lamps_of = [&](core::Member member) {
    return core::City(config, member, core::CityState::of(config.city)).ask_lamps().size();
  };
  CHECK(lamps_of(3) > 0);
  const core::Settings at_all = core::settings_of(config);
  config.city.lights.keepers = 3;
  std::size_t lamps = 0;
  for (core::Member member = 0; member < 3; ++member) lamps += lamps_of(member);
  CHECK(lamps == 20);
  CHECK(lamps_of(3) == 0);
  CHECK_FALSE(core::difference(at_all, core::settings_of(config)).empty());
}
