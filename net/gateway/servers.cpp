#include "net/gateway/servers.hpp"

#include <algorithm>

namespace net {
namespace {

constexpr std::size_t kMostNamed = 8, kMostClients = 1'000'000;

// Those at this server, of whom the originals' beacons tell.
Json units_at(core::Member self, const core::Dispatch::Units& units, auto&& describe) {
  Json named = Json::object();
  for (const auto& [name, unit] : units)
    if (unit.server == self && named.size() < kMostNamed) named[name] = describe(unit);
  return named;
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void Servers::hear(std::string_view datagram) {
  const Json beacon = Json::parse(datagram, nullptr, false);
  if (!beacon.is_object() || beacon.value("type", Json()) != "server_beacon") return;
  const Json clients = beacon.value("active_clients", Json());
  if (!clients.is_number_unsigned()) return;
  for (const Server& server : node_.servers())
    if (server.member != node_.self() && beacon.value("server_id", Json()) == server.id &&
        beacon.value("host", Json()) == server.host && beacon.value("tcp_port", Json()) == server.tcp_port)
      loads_[server.member] = {std::min(clients.get<std::size_t>(), kMostClients), 0};
}

std::size_t Servers::load_of(core::Member member) const {
  const auto found = loads_.find(member);
  return found == loads_.end() ? 0 : found->second.clients + found->second.sent;
}

Server Servers::assign() {
  const auto servers = node_.servers();
  const auto least = std::min_element(servers.begin(), servers.end(), [&](const Server& a, const Server& b) {
    return load_of(a.member) < load_of(b.member);
  });
  ++loads_[least->member].sent;
  return *least;
}

Json Servers::leader_id() const {
  for (const Server& server : node_.servers())
    if (server.member == node_.leader()) return server.id;
  return nullptr;
}

// `ctrl_port`: members speak to each other at the same port.
Json Servers::info(const Server& server, double wall_clock) const {
  return {{"server_id", server.id},   {"host", server.host},
          {"port", server.tcp_port},  {"ctrl_port", server.tcp_port},
          {"zone", "bellwether"},     {"last_seen", wall_clock},
          {"leader_id", leader_id()}, {"active_clients", load_of(server.member)},
          {"leader_info", nullptr}};
}

Json Servers::leader_info(double wall_clock) const {
  for (const Server& server : node_.servers())
    if (server.member == node_.leader()) return info(server, wall_clock);
  return nullptr;
}

std::string Servers::beacon(double wall_clock) const {
  const Server self = node_.servers().front();
  Json ambulances = Json::object(), hospitals = Json::object();
  if (const core::Dispatch* city = node_.dispatch(); city != nullptr) {
    ambulances = units_at(self.member, city->ambulances(), [](const core::Unit& unit) {
      return Json{{"status", unit.free() ? "available" : "on_duty"}};
    });
    hospitals = units_at(self.member, city->hospitals(),
                         [](const core::Unit& unit) { return Json{{"current_occupancy", unit.beds_free()}}; });
  }
  return dumped({{"type", "server_beacon"},
                 {"server_id", self.id},
                 {"host", self.host},
                 {"tcp_port", self.tcp_port},
                 {"ctrl_port", self.tcp_port},
                 {"leader_id", leader_id()},
                 {"leader_info", leader_info(wall_clock)},
                 {"active_clients", load_of(self.member)},
                 {"resources", {{"ambulances", ambulances}, {"hospitals", hospitals}}}});
}

std::string Servers::registry(std::string_view request, double wall_clock) const {
  const Json asked = Json::parse(request, nullptr, false);
  const Json type = asked.is_object() ? asked.value("request_type", Json()) : Json();
  Json list = Json::array();
  for (const Server& server : node_.servers()) list.push_back(info(server, wall_clock));
  const Json leader = leader_id();
  if (type == "get_registry")
    return dumped({{"leader_id", leader}, {"leader_info", leader_info(wall_clock)}, {"server_list", list}});
  if (type == "leader_info") return dumped({{"leader_id", leader}, {"leader_info", leader_info(wall_clock)}});
  if (type == "full_list") return dumped({{"server_list", list}});
  if (type != "update_leader_info")
    return dumped({{"status", "error"},
                   {"message", "request_type is none of get_registry, leader_info, full_list, update_leader_info"}});
  if (!leader.is_null() && asked.value("leader_id", Json()) == leader)
    return dumped({{"status", "success"}, {"message", "that server leads"}});
  return dumped({{"status", "error"}, {"message", "this group elects its leader itself, and takes no other"}});
}

}  // namespace net
