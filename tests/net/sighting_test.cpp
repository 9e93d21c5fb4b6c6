// What nodes tell of themselves: whole after the wire, and nothing else is taken for it.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "net/discovery/group_file.hpp"
#include "tests/net/residents.hpp"

namespace {

namespace fs = std::filesystem;
using net::Json;
using net::Sighting;

Sighting whole() {
  Sighting told = tests::sighting(2, 3);
  told.charter = tests::charter({1, 2, 3});
  told.founded = true;
  told.roster = net::Roster(*told.charter);
  return told;
}

std::string wrong_with(const Json& json) {
  const auto read = net::sighting_of(json);
  REQUIRE(std::holds_alternative<std::string>(read));
  return std::get<std::string>(read);
}

}  // namespace

TEST_CASE("a sighting is the same after the wire") {
  const Sighting told = GENERATE(tests::sighting(2, 3), whole());
  const auto read = net::sighting_in(net::written(told));
  REQUIRE(std::holds_alternative<Sighting>(read));
  CHECK(net::written(std::get<Sighting>(read)) == net::written(told));
}

TEST_CASE("what else is on the air is left alone") {
  const std::vector<std::string> texts{
      "", "garbage", "[1]", R"({"type":"server_beacon","server_id":"x"})", R"({"type":7})", std::string(100'000, '{')};
  for (const std::string& text : texts) CHECK(std::holds_alternative<net::Unrelated>(net::sighting_in(text)));
}

TEST_CASE("a broken sighting is refused, and why") {
  Json json = Json::parse(net::written(whole()));
  SECTION("version") {
    json["version"] = 2U;
    CHECK(wrong_with(json) == "a sighting is of version 2; known: 1");
  }
  SECTION("missing") {
    json["node"].erase("id");
    CHECK(wrong_with(json) == "a sighting has no `id`");
  }
  SECTION("port") {
    json["node"]["tcp_port"] = 70'000;
    CHECK(wrong_with(json) == "a sighting `tcp_port` is no whole number up to 65535");
  }
  SECTION("name") {
    json["node"]["name"] = "\x1b[31m";
    CHECK(wrong_with(json) == "a sighting `name` may only have letters, digits and - _ .");
  }
  SECTION("too many") {
    for (int i = 0; i < 300; ++i) json["charter"]["founders"].push_back(json["charter"]["founders"][0]);
    CHECK(wrong_with(json) == "a sighting `founders` is no list of at most 200");
  }
  SECTION("founders out of order") {
    std::swap(json["charter"]["founders"][0], json["charter"]["founders"][1]);
    CHECK(wrong_with(json) == "a sighting `founders` are no list of them");
  }
  SECTION("a roster of another group") {
    json["charter"]["places"] = 9U;
    CHECK(wrong_with(json) == "a sighting has another charter in its `roster`");
  }
}

TEST_CASE("no change of a sighting's bytes does harm") {
  const std::string text = net::written(whole());
  for (std::size_t i = 0; i < text.size(); ++i)
    for (const char byte : {'\0', '9', '"', '}', '\xFF'}) {
      std::string changed = text;
      changed[i] = byte;
      static_cast<void>(net::sighting_in(changed));
      static_cast<void>(net::sighting_in(std::string_view(text).substr(0, i)));
    }
}

TEST_CASE("the file of a group survives, and a damaged one is told from a missing one") {
  const fs::path folder = fs::temp_directory_path() / ("bellwether_group_file_test" + std::to_string(getpid()));
  fs::create_directories(folder);
  const fs::path path = folder / "group.json";
  CHECK_FALSE(net::read_group_file(path));
  net::GroupFile written;
  written.group = "demo";
  written.self = tests::resident(2).who;
  written.boots = 7, written.incarnation = 3;
  written.membership.charter = tests::charter({1, 2, 3});
  written.membership.founded = true;
  written.roster = whole().roster;
  net::write_group_file(path, written);
  const auto read = net::read_group_file(path);
  REQUIRE(read);
  CHECK(read->self == written.self);
  CHECK((read->boots == 7 && read->incarnation == 3 && read->membership.founded));
  CHECK(read->membership.charter == written.membership.charter);
  CHECK(read->roster->json() == written.roster->json());
  std::ofstream(path) << "{";
  CHECK_THROWS_WITH(net::read_group_file(path),
                    Catch::Contains("group.json") && Catch::Contains("move this one aside"));
  CHECK_THROWS_AS(net::write_group_file(folder / "none" / "group.json", written), net::GroupFileError);
  fs::remove_all(folder);
}
