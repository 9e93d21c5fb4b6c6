#include "net/gateway/client_line.hpp"

#include <array>
#include <cmath>
#include <initializer_list>

#include "net/discovery/json_fields.hpp"

namespace net {
namespace {

constexpr std::size_t kLongestId = 200;
constexpr double kMillionths = 1e6;

constexpr std::array<std::string_view, 4> kTypes{"Ambulance", "Car", "Hospital", "TrafficLight"};

constexpr unsigned by(std::initializer_list<ClientType> types) {
  unsigned set = 0;
  for (const ClientType type : types) set |= 1U << static_cast<unsigned>(type);
  return set;
}
constexpr unsigned kAmbulance = by({ClientType::ambulance}), kHospital = by({ClientType::hospital});
constexpr unsigned kLight = by({ClientType::light}), kUnits = kAmbulance | kHospital;
constexpr unsigned kAll = kUnits | kLight | by({ClientType::car});

// A status, who may say it, and what must be in its payload.
struct Word {
  std::string_view name;
  unsigned types;
  std::array<const char*, 2> needs{};
};
// In the order of ClientStatus.
constexpr std::array<Word, 18> kWords{{
    {"request_server_assignment", kAll},
    {"register", kAll},
    {"heartbeat", kAll},
    {"report_crash", by({ClientType::car, ClientType::ambulance}), {"latitude", "longitude"}},
    {"available", kAmbulance},
    {"on_duty", kAmbulance},
    {"answer_call", kAmbulance},
    {"arrived_at_scene", kAmbulance},
    {"transporting_patient", kAmbulance},
    {"at_hospital", kAmbulance},
    {"occupancy_update", kHospital, {"current_occupancy"}},
    {"ack_crash_response", kUnits},
    {"location_update", kAll, {"latitude", "longitude"}},
    {"open", kHospital},
    {"closed", kHospital},
    {"light_green", kLight},
    {"light_yellow", kLight},
    {"light_red", kLight},
}};

template <class Names>
std::size_t place_of(const Names& names, const std::string& name, auto&& name_in) {
  std::size_t i = 0;
  while (i < names.size() && name_in(names[i]) != name) ++i;
  return i;
}

ClientLine read(const Json& json) {
  ClientLine line{.client = text_at(json, "client_id", kLongestId)};
  if (line.client.empty()) throw BadValue("`client_id` is empty");
  const std::string type = text_at(json, "client_type");
  const std::size_t t = place_of(kTypes, type, [](std::string_view name) { return name; });
  if (t == kTypes.size()) throw BadValue("`client_type` " + type + " is unknown");
  line.type = static_cast<ClientType>(t);
  const std::string status = text_at(json, "status");
  const std::size_t s = place_of(kWords, status, [](const Word& word) { return word.name; });
  if (s == kWords.size()) throw BadValue("`status` " + status + " is unknown");
  if ((kWords[s].types & 1U << t) == 0) throw BadValue("`status` " + status + " is none of a client of type " + type);
  line.status = static_cast<ClientStatus>(s);
  line.payload = json.value("payload", Json::object());
  if (!line.payload.is_object()) line.payload = Json::object();
  for (const char* key : kWords[s].needs)
    if (key != nullptr && !line.payload.contains(key)) throw BadValue(std::string("has no `payload.") + key + "`");
  return line;
}

}  // namespace

std::string_view name_of(ClientType type) {
  return kTypes[static_cast<std::size_t>(type)];
}

std::string_view name_of(ClientStatus status) {
  return kWords[static_cast<std::size_t>(status)].name;
}

std::optional<core::Place> place_in(const Json& payload) {
  const auto degrees = [&](const char* key) -> std::optional<std::int64_t> {
    const auto found = payload.find(key);
    if (found == payload.end() || !found->is_number()) return std::nullopt;
    const auto value = found->get<double>();
    if (!(std::abs(value) <= 180)) return std::nullopt;  // NaN, too
    return std::llround(value * kMillionths);
  };
  const auto latitude = degrees("latitude"), longitude = degrees("longitude");
  if (!latitude || !longitude) return std::nullopt;
  const core::Place place{*latitude, *longitude};
  return place.sound() ? std::optional{place} : std::nullopt;
}

Json to_json(core::Place place) {
  return {{"latitude", static_cast<double>(place.latitude) / kMillionths},
          {"longitude", static_cast<double>(place.longitude) / kMillionths}};
}

std::optional<core::Place> ClientLine::place() const {
  return place_in(payload);
}

std::optional<std::int64_t> ClientLine::number(const char* key) const {
  const auto found = payload.find(key);
  if (found == payload.end() || !found->is_number_integer()) return std::nullopt;
  const auto value = found->get<std::int64_t>();
  return value < 0 ? std::nullopt : std::optional{value};
}

std::variant<ClientLine, NoClient, std::string> client_line_in(std::string_view text) {
  if (text.find("\"client_id\"") == std::string_view::npos)
    return NoClient{};  // most lines are events of other callers
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("client_id")) return NoClient{};
  try {
    ClientLine line = read(json);
    const bool crash = line.status == ClientStatus::report_crash;
    if (crash && !line.place()) return "a crash report of " + line.client + " names no place on earth";
    return line;
  } catch (const BadValue& bad) {
    return "a client's line " + std::string(bad.what());
  }
}

}  // namespace net
