#include "net/discovery/resident.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <random>

#include "core/group/settings.hpp"
#include "net/discovery/json_fields.hpp"

namespace net {
namespace {

constexpr std::array<std::size_t, 4> kDashes{8, 13, 18, 23};
constexpr std::size_t kUuidLength = 36;

std::string hex_of(std::uint64_t number) {
  std::array<char, 16> digits{};
  for (std::size_t i = digits.size(); i-- > 0; number >>= 4) digits[i] = "0123456789abcdef"[number & 15];
  return {digits.begin(), digits.end()};
}

std::optional<std::uint64_t> number_in(std::string_view text, int base) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string text_of(core::Id128 id) {
  if (id.high == 0) return std::to_string(id.low);
  std::string text = hex_of(id.high) + hex_of(id.low);
  for (const std::size_t dash : kDashes) text.insert(dash, 1, '-');
  return text;
}

std::optional<core::Id128> id_in(std::string_view text) {
  if (text.size() != kUuidLength) {
    const auto number = number_in(text, 10);
    return number ? std::optional{core::Id128{0, *number}} : std::nullopt;
  }
  std::string digits(text);
  for (std::size_t i = kDashes.size(); i-- > 0;) {
    if (digits[kDashes[i]] != '-') return std::nullopt;
    digits.erase(kDashes[i], 1);
  }
  const auto high = number_in(std::string_view(digits).substr(0, 16), 16);
  const auto low = number_in(std::string_view(digits).substr(16), 16);
  if (!high || !low) return std::nullopt;
  return core::Id128{*high, *low};
}

core::Id128 make_id() {
  std::random_device chance;
  const auto random = [&] { return std::uint64_t{chance()} << 32 | chance(); };
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  return {ms << 16 | 0x7000 | (random() & 0x0FFF), 0x8000'0000'0000'0000 | (random() >> 2)};
}

std::string name_for(core::Id128 id) {
  return id.high == 0 ? "n" + std::to_string(id.low) : "n-" + hex_of(id.low).substr(10);
}

boost::asio::ip::tcp::endpoint Address::tcp() const {
  return {boost::asio::ip::make_address(host), tcp_port};
}

boost::asio::ip::udp::endpoint Address::udp() const {
  return {boost::asio::ip::make_address(host), udp_port};
}

bool Charter::names(core::Id128 id) const {
  return std::any_of(founders.begin(), founders.end(), [&](const Identity& one) { return one.id == id; });
}

std::string words_for(const Charter& charter) {
  std::string words;
  for (std::size_t i = 0; i < charter.founders.size(); ++i) {
    if (i > 0) words += i + 1 == charter.founders.size() ? " and " : ", ";
    words += charter.founders[i].name;
  }
  return words;
}

core::Config config_of(const Charter& charter, core::Config settings) {
  settings.members.clear();
  for (const Identity& who : charter.founders) settings.members.push_back({who.name, who.id, who.rank, true});
  core::Id128 id;  // of a place: one that no founder has
  for (std::size_t place = charter.founders.size(); place < charter.places; ++place) {
    do ++id.low;
    while (charter.names(id));
    settings.members.push_back({"place-" + std::to_string(place), id, INT64_MIN, false});
  }
  settings.city.lights.keepers = static_cast<std::uint32_t>(charter.founders.size());  // who may come later has none
  core::seal(settings);
  return settings;
}

Json to_json(const Identity& who) {
  return {{"id", text_of(who.id)}, {"name", who.name}, {"rank", who.rank}};
}

Json to_json(const Resident& resident) {
  Json json = to_json(resident.who);
  json["host"] = resident.at.host;
  json["tcp_port"] = resident.at.tcp_port;
  json["udp_port"] = resident.at.udp_port;
  json["boot"] = resident.at.boot;
  return json;
}

Json to_json(const Charter& charter) {
  Json founders = Json::array();
  for (const Identity& who : charter.founders) founders.push_back(to_json(who));
  return {{"founders", founders}, {"places", charter.places}};
}

Identity identity_in(const Json& json) {
  Identity who;
  const auto id = id_in(text_at(json, "id"));
  if (!id) throw BadValue("`id` is neither a whole number nor a UUID");
  who.id = *id;
  who.name = name_at(json, "name");
  who.rank = signed_at(json, "rank");
  if (who.rank == INT64_MIN) throw BadValue("`rank` is too small");
  return who;
}

Resident resident_in(const Json& json) {
  Resident resident{identity_in(json), {}};
  Address& at = resident.at;
  at.host = text_at(json, "host");
  boost::system::error_code error;
  boost::asio::ip::make_address(at.host, error);
  if (error && !at.host.empty()) throw BadValue("`host` " + at.host + " is no IP address");
  at.tcp_port = static_cast<std::uint16_t>(number_at(json, "tcp_port", UINT16_MAX));
  at.udp_port = static_cast<std::uint16_t>(number_at(json, "udp_port", UINT16_MAX));
  at.boot = number_at(json, "boot");
  return resident;
}

Charter charter_in(const Json& json) {
  Charter charter;
  charter.places = number_at(json, "places", kMostPlaces);
  for (const Json& one : list_at(json, "founders", kMostPlaces)) charter.founders.push_back(identity_in(one));
  const auto& founders = charter.founders;
  const bool sorted = std::adjacent_find(founders.begin(), founders.end(), [](const Identity& a, const Identity& b) {
                        return a.id >= b.id;
                      }) == founders.end();
  if (founders.empty() || !sorted || charter.places < founders.size()) throw BadValue("`founders` are no list of them");
  return charter;
}

}  // namespace net
