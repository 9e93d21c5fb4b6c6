// What cars, ambulances and hospitals say, without any socket.
#include <catch2/catch.hpp>

#include "net/client/role.hpp"

using core::Duration;
using core::Instant;
using net::Json;
using net::Manner;
using net::Words;

namespace {

constexpr Instant at(std::int64_t seconds) {
  return Instant{} + Duration::s(seconds);
}

std::vector<std::string> statuses(net::Role& role) {
  std::vector<std::string> said;
  for (const Words& words : role.take_words()) said.push_back(words.status);
  return said;
}

using Said = std::vector<std::string>;

}  // namespace

TEST_CASE("a car says a report again at each server until it is acknowledged") {
  const auto car = net::role_of("car", "car7", {});
  car->registered(at(0));
  car->typed(at(1), "c");
  car->typed(at(2), "c");
  CHECK(statuses(*car) == Said{"report_crash", "report_crash"});
  CHECK(car->waits_since() == at(1));
  car->hear(at(3), "ack_crash", {{"number", 1U}});
  car->registered(at(4));
  const auto again = car->take_words();
  REQUIRE(again.size() == 1);
  CHECK(again[0].payload["number"] == 2);
  CHECK(car->waits_since() == at(4));
  car->hear(at(5), "ack_crash", {{"number", 1U}});  // of the first connection: it is known
  CHECK(car->waits_since() == at(4));
  car->hear(at(5), "ack_crash", Json::object());  // by a server that does not count: the oldest
  CHECK(car->waits_since() == Instant::never());
}

TEST_CASE("a car of a fleet reports when it is its turn, and no more than so many") {
  Manner manner;
  manner.crash_every = Duration::s(10);
  manner.first_crash = Duration::s(3);
  manner.crashes = 2;
  const auto car = net::role_of("car", "car7", manner);
  car->registered(at(1));
  CHECK(car->wake(at(1)) == at(4));
  car->registered(at(2));  // another server: its turn stays
  CHECK(car->wake(at(4)) == at(14));
  CHECK(statuses(*car) == Said{"report_crash"});
  car->wake(at(14));
  CHECK(car->wake(at(24)) == Instant::never());
  CHECK(statuses(*car) == Said{"report_crash"});
}

TEST_CASE("an ambulance takes the steps of a call, one after the other, and is where the crash was") {
  const auto ambulance = net::role_of("ambulance", "a1", {});
  ambulance->registered(at(0));
  CHECK(statuses(*ambulance) == Said{"available"});
  ambulance->hear(at(0), "ack_available", Json::object());
  CHECK(ambulance->waits_since() == Instant::never());
  const Json call{
      {"car_id", "car7"}, {"hospital_id", "h1"}, {"crash_location", {{"latitude", 1.5}, {"longitude", 2.5}}}};
  ambulance->hear(at(1), "dispatch_ambulance", call);
  CHECK(statuses(*ambulance) == Said{"ack_crash_response", "on_duty"});
  Said steps;
  std::vector<Json> payloads;
  for (Instant next = ambulance->wake(at(1)); next != Instant::never(); next = ambulance->wake(next))
    for (const Words& words : ambulance->take_words()) steps.push_back(words.status), payloads.push_back(words.payload);
  for (const Words& words : ambulance->take_words()) steps.push_back(words.status), payloads.push_back(words.payload);
  CHECK(steps == Said{"arrived_at_scene", "transporting_patient", "at_hospital", "available"});
  REQUIRE(payloads.size() == 4);
  CHECK(payloads[1]["hospital_id"] == "h1");
  CHECK(payloads[3]["latitude"] == 1.5);
}

TEST_CASE("an ambulance that is told of the same call again goes on with it, of another begins anew") {
  const auto ambulance = net::role_of("ambulance", "a1", {});
  const Json call{{"car_id", "car7"}, {"hospital_id", "h1"}};
  ambulance->registered(at(0));
  ambulance->hear(at(1), "dispatch_ambulance", call);
  ambulance->wake(at(3));
  ambulance->take_words();
  ambulance->registered(at(4));
  CHECK(statuses(*ambulance) == Said{"arrived_at_scene"});
  ambulance->hear(at(4), "dispatch_ambulance", call);
  CHECK(statuses(*ambulance) == Said{"ack_crash_response", "arrived_at_scene"});
  ambulance->hear(at(5), "dispatch_ambulance", {{"car_id", "car8"}, {"hospital_id", "h1"}});
  CHECK(statuses(*ambulance) == Said{"ack_crash_response", "on_duty"});
}

TEST_CASE("a hospital counts those who come, once each, and has their beds free after their stay") {
  Manner manner;
  manner.beds = 3;
  const auto hospital = net::role_of("hospital", "h1", manner);
  hospital->registered(at(0));
  hospital->take_words();
  hospital->hear(at(1), "ack_at_hospital", {{"car_id", "car7"}, {"admitted", 2U}});  // one was missed
  auto said = hospital->take_words();
  REQUIRE(said.size() == 1);
  CHECK(said[0].payload["current_occupancy"] == 1);
  CHECK(said[0].payload["admitted"] == 2);
  hospital->hear(at(2), "ack_at_hospital", {{"car_id", "car7"}, {"admitted", 2U}});
  CHECK(hospital->take_words().empty());
  CHECK(hospital->wake(at(2)) == at(31));
  CHECK(hospital->wake(at(31)) == Instant::never());
  said = hospital->take_words();
  REQUIRE(said.size() == 1);
  CHECK(said[0].payload["current_occupancy"] == 3);
}

TEST_CASE("a hospital's keys are beds") {
  const auto hospital = net::role_of("hospital", "h1", {});
  for (const char* key : {"+", "-", "-", "17", "nonsense", "-5"}) hospital->typed(at(0), key);
  const auto said = hospital->take_words();
  REQUIRE(said.size() == 4);
  CHECK(said[2].payload["current_occupancy"] == 3);
  CHECK(said[3].payload["current_occupancy"] == 17);
}
