// What a gateway takes from clients and tells them.
#include <catch2/catch.hpp>

#include "tests/net/town.hpp"

using namespace tests;

TEST_CASE("a crash is acknowledged when the group has it, not before") {
  Town town;
  const auto car = town.connect();
  town.say(car, "car7", "Car", "register");
  town.say(car, "car7", "Car", "report_crash", kPlace);
  town.now = town.now + Duration::s(5);
  town.gateway.wake(town.now);
  CHECK(statuses(car) == Words{"ack_register"});
  town.pass(Duration::s(1));
  REQUIRE(statuses(car) == Words{"ack_register", "ack_crash"});
  CHECK(car->heard[1] == Json::parse(R"({"server_id":"1","status":"ack_crash","payload":{"client_id":"car7",
      "client_type":"Car","LocalServer_CrashCount":1,"latitude":48.775,"longitude":9.18}})"));
  REQUIRE(town.group.city.crashes().size() == 1);
  CHECK(town.group.city.crashes().begin()->second.at == core::Place{48'775'000, 9'180'000});
}

TEST_CASE("a numbered report that comes again is acknowledged, and is no other crash") {
  Town town;
  const auto car = town.connect();
  Json report = kPlace;
  report["number"] = 1;
  town.say(car, "car7", "Car", "report_crash", report);
  town.pass(Duration::s(1));
  town.say(car, "car7", "Car", "report_crash", report);
  town.pass(Duration::s(1));
  CHECK(statuses(car) == Words{"ack_crash", "ack_crash"});
  CHECK(town.group.city.crashes().size() == 1);
}

TEST_CASE("all that are concerned are told, and every step is an event with its cause") {
  OnCall town;
  CHECK(statuses(town.ambulance) == Words{"ack_register", "ack_available", "dispatch_ambulance"});
  CHECK(town.ambulance->heard[2]["payload"] == Json::parse(R"({"ambulance_id":"amb1","car_id":"car7",
      "crash_location":{"latitude":48.775,"longitude":9.18},"hospital_id":"hos1"})"));
  CHECK(statuses(town.hospital) == Words{"ack_register", "ack_occupancy_update", "assign_patient_to_hospital"});
  CHECK(statuses(town.car) == Words{"ack_register", "ack_crash", "help_coming", "help_coming"});

  town.say(town.ambulance, "amb1", "Ambulance", "on_duty");
  town.say(town.ambulance, "amb1", "Ambulance", "arrived_at_scene", {{"call_id", "car7"}});
  REQUIRE(town.group.open.size() == 1);
  CHECK(town.group.open.front().second.depends_on == std::vector{town.group.city.crash(town.crash)->cause});
  town.pass(Duration::s(1));
  CHECK(statuses(town.ambulance).back() == "ack_arrived_at_scene");
  CHECK(statuses(town.ambulance)[4] == "assign_patient_to_hospital");
  town.say(town.ambulance, "amb1", "Ambulance", "transporting_patient");
  town.say(town.ambulance, "amb1", "Ambulance", "at_hospital");
  REQUIRE(town.group.open.size() == 2);
  CHECK(town.group.open[1].second.depends_on == std::vector{town.group.open[0].first});
  town.pass(Duration::s(1));
  CHECK(statuses(town.hospital).back() == "ack_at_hospital");
  CHECK(town.hospital->heard.back()["payload"]["car_id"] == "car7");
  CHECK(town.group.city.hospitals().at("hos1").beds_free() == 1);
  town.say(town.ambulance, "amb1", "Ambulance", "available");
  town.pass(Duration::s(1));
  CHECK(statuses(town.ambulance).back() == "ack_available");
  CHECK(town.group.city.completed() == 1);
  CHECK(town.group.city.ambulances().at("amb1").free());
}

TEST_CASE("messages to one client never come together, and each is short") {
  OnCall town;
  std::size_t before = 0;
  town.say(town.ambulance, "amb1", "Ambulance", "on_duty");
  town.say(town.ambulance, "amb1", "Ambulance", "arrived_at_scene");
  town.decide();
  before = town.ambulance->heard.size();
  for (int i = 0; i < 100; ++i) {
    town.now = town.now + Duration::ms(59);
    const std::size_t known = town.ambulance->heard.size();
    town.gateway.wake(town.now);
    CHECK(town.ambulance->heard.size() <= known + 1);
    if (i == 0) CHECK(town.ambulance->heard.size() == known);
  }
  CHECK(town.ambulance->heard.size() == before + 2);
  net::SlowLine line(town.car);
  line.say(std::string(5'000, 'x'));
  CHECK(line.wake(town.now) == core::Instant::never());
}

TEST_CASE("an ambulance that comes back is told of its call again, and what it has missed to say comes first") {
  OnCall town;
  town.ambulance.reset();
  const auto again = town.connect();
  town.say(again, "amb1", "Ambulance", "register");
  town.pass(Duration::s(1));
  CHECK(statuses(again) == Words{"ack_register", "dispatch_ambulance"});
  town.say(again, "amb1", "Ambulance", "at_hospital");
  town.pass(Duration::s(1));
  CHECK(town.group.city.crash(town.crash)->step == Step::at_hospital);
  CHECK(statuses(again).back() == "ack_at_hospital");
}

TEST_CASE("an ambulance that says it is free amid a call is told of it again, until it has the patient") {
  OnCall town;
  town.say(town.ambulance, "amb1", "Ambulance", "available");
  town.pass(Duration::s(1));
  CHECK(statuses(town.ambulance) ==
        Words{"ack_register", "ack_available", "dispatch_ambulance", "ack_available", "dispatch_ambulance"});
  town.say(town.ambulance, "amb1", "Ambulance", "transporting_patient");
  town.say(town.ambulance, "amb1", "Ambulance", "available");
  town.pass(Duration::s(1));
  CHECK(town.group.city.completed() == 1);
}

TEST_CASE("an ambulance whose step came to nothing is told of its call again") {
  OnCall town;
  town.say(town.ambulance, "amb1", "Ambulance", "arrived_at_scene");
  town.group.settled = town.group.last;
  town.group.open.clear();
  town.pass(Duration::s(1));
  CHECK(statuses(town.ambulance).back() == "dispatch_ambulance");
  town.say(town.ambulance, "amb1", "Ambulance", "arrived_at_scene");
  town.pass(Duration::s(1));
  CHECK(town.group.city.crash(town.crash)->step == Step::arrived);
}

TEST_CASE("an idle ambulance that comes back is available") {
  Town town;
  auto first = town.connect();
  town.say(first, "amb1", "Ambulance", "register");
  town.say(first, "amb1", "Ambulance", "available");
  town.pass(Duration::s(1));
  const auto session = town.group.city.ambulances().at("amb1").session;
  first.reset();
  town.pass(Duration::s(12));
  CHECK_FALSE(town.group.city.ambulances().at("amb1").here());
  const auto again = town.connect();
  town.say(again, "amb1", "Ambulance", "register");
  town.pass(Duration::s(1));
  CHECK(town.group.city.ambulances().at("amb1").free());
  CHECK(town.group.city.ambulances().at("amb1").session > session);
}

TEST_CASE("an older connection that closes or speaks never takes the place of the newer one") {
  Town town;
  auto old = town.connect();
  const auto fresh = town.connect();
  town.say(old, "amb1", "Ambulance", "register");
  town.say(fresh, "amb1", "Ambulance", "register");
  town.say(fresh, "amb1", "Ambulance", "available");
  CHECK_FALSE(old->up);
  town.say(old, "amb1", "Ambulance", "on_duty");
  old.reset();
  town.pass(Duration::s(25));
  CHECK(town.gateway.clients() == 1);
  CHECK(town.group.city.ambulances().at("amb1").free());
}

TEST_CASE("who says nothing for half a minute is hung up on, and gone some time later; heartbeats keep a client") {
  Town town;
  const auto ambulance = town.connect(), hospital = town.connect();
  town.say(ambulance, "amb1", "Ambulance", "register");
  town.say(hospital, "hos1", "Hospital", "register");
  for (int i = 0; i < 3; ++i) {
    town.pass(Duration::s(15));
    town.say(hospital, "hos1", "Hospital", "heartbeat");
  }
  CHECK_FALSE(ambulance->up);
  CHECK(hospital->up);
  CHECK(town.gateway.clients() == 1);
  CHECK_FALSE(town.group.city.ambulances().at("amb1").here());
  CHECK(town.group.city.hospitals().at("hos1").here());
}

TEST_CASE("a unit that was given up while it was connected, or is claimed elsewhere, keeps its place once it speaks") {
  Town town;
  const auto ambulance = town.connect();
  town.say(ambulance, "amb1", "Ambulance", "register");
  town.say(ambulance, "amb1", "Ambulance", "available");
  town.pass(Duration::s(1));
  const auto& unit = town.group.city.ambulances().at("amb1");
  town.lead(core::event_of(core::UnitGone{"amb1", core::UnitKind::ambulance, unit.session}));
  CHECK_FALSE(unit.here());
  town.pass(Duration::s(1));
  CHECK(unit.free());
  town.lead(core::event_of(core::UnitReport{"amb1", core::UnitKind::ambulance, 1, unit.session + 1, 1, {}}));
  town.pass(Duration::s(5));
  CHECK(unit.server == 1);
  town.say(ambulance, "amb1", "Ambulance", "heartbeat");
  town.pass(Duration::s(1));
  CHECK(unit.server == 0);
}

TEST_CASE("what the node cannot take now is given to it later, and what it turns down again") {
  Town town;
  const auto car = town.connect();
  town.group.full = true;
  town.say(car, "car7", "Car", "report_crash", kPlace);
  town.pass(Duration::s(1));
  CHECK(car->heard.empty());
  town.group.full = false;
  town.pass(Duration::ms(300));
  CHECK(statuses(car) == Words{"ack_crash"});

  town.say(car, "car7", "Car", "report_crash", kPlace);
  core::Record turned_down{.kind = core::Kind::reject};
  turned_down.id = town.group.open.front().first;
  town.group.settled = turned_down.id.number;
  town.group.open.clear();
  town.gateway.on(turned_down);
  town.gateway.wake(town.now);
  CHECK(town.group.open.size() == 1);
  town.pass(Duration::s(1));
  CHECK(car->heard.size() == 2);
  CHECK(town.group.city.crashes().size() == 2);
}

TEST_CASE("a bed that is counted again as before is no news, another number is") {
  OnCall town;
  town.say(town.hospital, "hos1", "Hospital", "occupancy_update", {{"current_occupancy", 2}});
  CHECK(town.group.open.empty());
  town.say(town.hospital, "hos1", "Hospital", "occupancy_update", {{"current_occupancy", 5}});
  town.pass(Duration::s(1));
  CHECK(town.group.city.hospitals().at("hos1").beds == 5);
  CHECK(town.hospital->heard.back()["payload"]["current_occupancy"] == 5);
}

TEST_CASE(
    "what is wrong is dropped with a word, other languages are left to others, and without a group nobody waits") {
  Town town;
  const auto line = town.connect();
  CHECK_FALSE(town.gateway.hear(town.now, R"({"type":"STATUS"})", line));
  CHECK(town.say(line, "car7", "Tram", "register"));
  CHECK(town.say(line, "car7", "Car", "available"));
  CHECK(town.say(line, "car7", "Car", "report_crash", {{"latitude", 91}, {"longitude", 0}}));
  CHECK(town.say(line, "car7", "Car", "report_crash", {{"latitude", 1}}));
  CHECK(town.complaints.size() == 4);
  CHECK(line->heard.empty());
  CHECK(town.gateway.clients() == 0);
  town.group.taking_part = false;
  CHECK(town.say(line, "car7", "Car", "register"));
  CHECK_FALSE(line->up);
}
