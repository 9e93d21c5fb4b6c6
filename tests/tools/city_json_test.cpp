// The city as a page is told of it.
#include <catch2/catch.hpp>

#include "core/city/events.hpp"
#include "tools/member/city_json.hpp"

namespace {

using net::Json;

struct Town {
  core::Config config;
  core::CityState city;
  std::uint64_t number = 0;

  Town() {
    for (const char* name : {"n1", "n2"}) config.members.push_back({.name = name, .id = {}});
  }
  void lights(std::uint32_t intersections, std::uint32_t approaches) {
    config.city.lights.intersections = intersections, config.city.lights.approaches = approaches;
    city = core::CityState::of(config.city);
  }
  void apply(const core::Submission& submission) {
    city.dispatch.apply(
        {core::EventId::of(0, ++number), submission.depends_on, submission.type, submission.payload, {}});
  }
  [[nodiscard]] Json json(const Json& lamps = Json::array()) const { return tools::city_json(config, city, lamps); }
};

Json lamp(int intersection, const char* approach, const char* colour, bool connected = true) {
  return {{"intersection", intersection}, {"approach", approach}, {"colour", colour}, {"connected", connected}};
}

TEST_CASE("city: each lamp has the colour that its member tells of, and none if nobody does", "[city]") {
  Town town;
  town.lights(2, 4);
  const Json crossings = town.json({lamp(1, "north", "RED"), lamp(2, "west", "GREEN"), lamp(2, "east", "RED", false)})
                             .at("lights")
                             .at("crossings");
  REQUIRE(crossings.size() == 2);
  CHECK(crossings[0].dump() ==
        R"({"intersection":1,"lamps":[{"approach":"north","colour":"RED"},{"approach":"east","colour":null},)"
        R"({"approach":"south","colour":null},{"approach":"west","colour":null}]})");
  CHECK(crossings[1]["lamps"][3] == Json{{"approach", "west"}, {"colour", "GREEN"}});
  CHECK(crossings[1]["lamps"][1]["colour"].is_null());  // it is away
}

TEST_CASE("city: crossings are listed up to a number, and counted", "[city]") {
  Town town;
  town.lights(1'000, 3);
  const Json lights = town.json(Json::array({lamp(7, "2", "YELLOW")})).at("lights");
  CHECK(lights["intersections"] == 1'000);
  CHECK(lights["row"] == 32);
  CHECK(lights["crossings"].size() == tools::kMostListed);
  CHECK(lights["crossings"][6]["lamps"][2] == Json{{"approach", "2"}, {"colour", "YELLOW"}});
}

TEST_CASE("city: units and open crashes are told as they stand", "[city]") {
  Town town;
  town.config.city.dispatch.on = true;
  town.apply(core::event_of(core::UnitReport{.unit = "a1", .server = 0, .session = 1, .number = 1, .at = {}}));
  town.apply(core::event_of(core::UnitReport{
      .unit = "mercy", .kind = core::UnitKind::hospital, .server = 1, .session = 1, .number = 1, .at = {}, .beds = 4}));
  town.apply(core::event_of(core::CrashReport{"car7", 1, {}}));
  const Json dispatch = town.json().at("dispatch");
  CHECK(dispatch["open"] == 1);
  CHECK(dispatch["completed"] == 0);
  CHECK(dispatch["crashes"].dump() == R"([{"crash":"car7/1","step":"reported","ambulance":null,"hospital":null}])");
  CHECK(dispatch["ambulances"].dump() == R"([{"ambulance":"a1","state":"free","crash":null,"at":"n1"}])");
  CHECK(dispatch["hospitals"].dump() ==
        R"([{"hospital":"mercy","beds_free":4,"beds_reserved":0,"admitted":0,"at":"n2"}])");
  CHECK_FALSE(town.json().contains("lights"));

  town.apply(core::event_of(core::UnitGone{"a1", core::UnitKind::ambulance, 1}));
  CHECK(town.json()["dispatch"]["ambulances"][0]["state"] == "gone");
}

}  // namespace
