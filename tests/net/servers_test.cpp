// Where clients are sent, and how they find the group.
#include <catch2/catch.hpp>

#include "tests/net/town.hpp"

using namespace tests;

TEST_CASE("every server sends clients to the one that has the fewest, and hangs up") {
  Town town;
  town.gateway.servers().hear(
      R"({"type":"server_beacon","server_id":"2","host":"127.0.0.1","tcp_port":7002,"active_clients":2})");
  std::vector<int> ports;
  for (int i = 0; i < 4; ++i) {
    const auto line = town.connect();
    town.say(line, "car7", "Car", "request_server_assignment");
    REQUIRE(line->heard.size() == 1);
    CHECK(line->heard[0]["status"] == "assign_server");
    CHECK_FALSE(line->up);
    ports.push_back(line->heard[0]["payload"]["port"]);
  }
  CHECK(ports == std::vector{7001, 7001, 7001, 7002});
}

TEST_CASE("beacons and the registry tell of the leader that the group has") {
  OnCall town;
  town.gateway.servers().count(3);
  const Json beacon = Json::parse(town.gateway.servers().beacon(1.5));
  CHECK(beacon["type"] == "server_beacon");
  CHECK(beacon["server_id"] == "1");
  CHECK(beacon["leader_id"] == "2");
  CHECK(beacon["active_clients"] == 3);
  CHECK(beacon["leader_info"] ==
        Json::parse(R"({"server_id":"2","host":"127.0.0.1","port":7002,"ctrl_port":7002,"zone":"bellwether",
                        "last_seen":1.5,"leader_id":"2","active_clients":0,"leader_info":null})"));
  CHECK(beacon["resources"]["ambulances"]["amb1"]["status"] == "on_duty");
  CHECK(beacon["resources"]["hospitals"]["hos1"]["current_occupancy"] == 1);
  const auto ask = [&](const char* request) { return Json::parse(town.gateway.servers().registry(request, 1.5)); };
  CHECK(ask(R"({"request_type":"get_registry"})")["server_list"].size() == 2);
  CHECK(ask(R"({"request_type":"leader_info"})")["leader_info"] == beacon["leader_info"]);
  CHECK(ask(R"({"request_type":"full_list"})").size() == 1);
  CHECK(ask(R"({"request_type":"update_leader_info","leader_id":"2"})")["status"] == "success");
  CHECK(ask(R"({"request_type":"update_leader_info","leader_id":"9"})")["status"] == "error");
  CHECK(ask("nonsense")["status"] == "error");
}
