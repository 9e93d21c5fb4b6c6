// What a node tells of itself to whoever may listen, before and after there is a group. One JSON object, as a datagram
// or as a line:
//   {"type":"SIGHTING","version":1,"group":"demo","node":{"id":"3","name":"n3","rank":0,"host":"127.0.0.1",
//    "tcp_port":7003,"udp_port":7003,"boot":1},"expect":3,"places":16,"founded":false,"charter":null,"roster":null,
//    "age_ms":0}
#pragma once

#include <variant>

#include "net/discovery/roster.hpp"

namespace net {

struct Sighting {
  static constexpr std::size_t kMostBytes = 60'000;  // what fits a datagram

  std::string group;
  Resident node;
  std::size_t expect = 0;            // how many founders it waits for; 0: it founds nothing
  std::optional<Charter> charter{};  // what it has signed
  bool founded = false;              // all of the charter's founders have signed
  std::optional<Roster> roster{};    // once founded, unless it has missed something
  std::uint64_t age_ms = 0;          // how long ago it said so; others pass it on
};

// One line, without its end.
std::string written(const Sighting& sighting);

// Not ours to read: something else that shares the port.
struct Unrelated {};
// The sighting, or in words what is wrong with it.
std::variant<Sighting, Unrelated, std::string> sighting_in(std::string_view text);
std::variant<Sighting, Unrelated, std::string> sighting_of(const Json& json);

}  // namespace net
