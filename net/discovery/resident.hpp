// Who takes part in a group, and where to find it.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/group/config.hpp"

namespace net {

using Json = nlohmann::ordered_json;

// "42", or a UUID if it is greater than 64 bits.
std::string text_of(core::Id128 id);
// A whole number of up to 64 bits, or a UUID. Nothing: neither.
std::optional<core::Id128> id_in(std::string_view text);
// A UUIDv7 (RFC 9562) of this moment: later ones are greater.
core::Id128 make_id();
// "n42", or the last six digits of a UUID: "n-3fa81c".
std::string name_for(core::Id128 id);

// Made once and kept.
struct Identity {
  core::Id128 id;
  std::string name;
  std::int64_t rank = 0;
  friend bool operator==(const Identity&, const Identity&) = default;
};

// Of a process. A later boot of the same member is nearer to the truth.
struct Address {
  std::string host;  // an IP address
  std::uint16_t tcp_port = 0, udp_port = 0;
  std::uint64_t boot = 0;  // greater each time that the member's program is started
  friend bool operator==(const Address&, const Address&) = default;

  [[nodiscard]] boost::asio::ip::tcp::endpoint tcp() const;
  [[nodiscard]] boost::asio::ip::udp::endpoint udp() const;
};

struct Resident {
  Identity who;
  Address at;
  friend bool operator==(const Resident&, const Resident&) = default;
};

// What founders sign: who they are, by ascending id, which is their order in the group, and how many members it may
// have in all.
struct Charter {
  std::vector<Identity> founders;
  std::size_t places = 0;
  friend bool operator==(const Charter&, const Charter&) = default;

  [[nodiscard]] bool names(core::Id128 id) const;
};
std::string words_for(const Charter& charter);  // "n1, n2 and n3"

constexpr std::size_t kMostPlaces = 200;

// The members of that group, with the rest of their settings as in `settings`: first the founders, then places for
// those who come later. A newcomer has the rank and name of its place, so that all agree on them from the beginning; it
// ranks below every founder. Sealed.
core::Config config_of(const Charter& charter, core::Config settings);

// Strict: what does not fit, or is too long, is thrown as BadValue (net/wire/json_value.hpp), in words.
Json to_json(const Identity& who);
Json to_json(const Resident& resident);
Json to_json(const Charter& charter);
Identity identity_in(const Json& json);
Resident resident_in(const Json& json);
Charter charter_in(const Json& json);

}  // namespace net
