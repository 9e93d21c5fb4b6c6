// Nodes that tell of themselves.
#pragma once

#include "net/discovery/sighting.hpp"

namespace tests {

inline net::Resident resident(std::uint64_t id, std::uint16_t port = 7000, std::uint64_t boot = 1) {
  return {{{0, id}, net::name_for({0, id}), 0}, {"127.0.0.1", static_cast<std::uint16_t>(port + id), port, boot}};
}

inline net::Charter charter(std::initializer_list<std::uint64_t> ids, std::size_t places = 5) {
  net::Charter made{{}, places};
  for (const std::uint64_t id : ids) made.founders.push_back(resident(id).who);
  return made;
}

inline net::Sighting sighting(std::uint64_t id, std::size_t expect) {
  return {.group = "demo", .node = resident(id), .expect = expect};
}

}  // namespace tests
