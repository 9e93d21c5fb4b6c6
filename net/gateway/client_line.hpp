// What clients of the original dispatch system say: one JSON object a line,
//   {"client_id":"car7","client_type":"Car","status":"report_crash","payload":{"latitude":48.77,"longitude":9.18}}
// Besides what the originals send, these may stand in a payload:
//   latitude, longitude   with any status: where the client is (a crash: where that is)
//   number                report_crash: counts the car's reports from 1; one that comes again is no other crash
//   admitted              occupancy_update: how many patients brought by ambulances `current_occupancy` has in it
// What they are told has these in it as well: `number` in ack_crash, `admitted` (so far) in ack_at_hospital.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/city/place.hpp"
#include "net/discovery/resident.hpp"

namespace net {

enum class ClientType : std::uint8_t { ambulance, car, hospital, light };

constexpr bool is_unit(ClientType type) {
  return type == ClientType::ambulance || type == ClientType::hospital;
}

enum class ClientStatus : std::uint8_t {
  request_server_assignment,
  register_,
  heartbeat,
  report_crash,
  available,
  on_duty,
  answer_call,
  arrived_at_scene,
  transporting_patient,
  at_hospital,
  occupancy_update,
  ack_crash_response,
  location_update,
  open,
  closed,
  light_green,
  light_yellow,
  light_red,
};

std::string_view name_of(ClientType type);      // "Ambulance"
std::string_view name_of(ClientStatus status);  // "report_crash"

struct ClientLine {
  std::string client;
  ClientType type{};
  ClientStatus status{};
  Json payload{};  // an object

  [[nodiscard]] std::optional<core::Place> place() const;
  // Nothing: it is not there, or no whole number >= 0.
  [[nodiscard]] std::optional<std::int64_t> number(const char* key) const;
};

// Of {"latitude":48.77,"longitude":9.18}, in degrees; nothing: there is none on earth.
std::optional<core::Place> place_in(const Json& payload);
Json to_json(core::Place place);

// It speaks another language: the object has no `client_id`.
struct NoClient {};
// The line, or in words what is wrong with it.
std::variant<ClientLine, NoClient, std::string> client_line_in(std::string_view line);

}  // namespace net
