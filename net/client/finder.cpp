#include "net/client/finder.hpp"

#include <utility>

#include "net/discovery/resident.hpp"
#include "net/runtime/clock.hpp"

namespace net {
namespace {

constexpr core::Duration kForgotten = core::Duration::s(7);

std::optional<Finder::Endpoint> endpoint_in(const Json& object, const char* port_key) {
  if (!object.is_object()) return std::nullopt;
  const Json host = object.value("host", Json{}), port = object.value(port_key, Json{});
  if (!host.is_string() || !port.is_number_unsigned() || port.get<std::uint64_t>() > 65'535) return std::nullopt;
  boost::system::error_code error;
  const auto address = asio::ip::make_address(host.get<std::string>(), error);
  if (error) return std::nullopt;
  return Finder::Endpoint{address, port.get<std::uint16_t>()};
}

}  // namespace

void Finder::listen(asio::io_context& io, const asio::ip::address_v4& host, std::uint16_t port) {
  air_.emplace(io, host, asio::ip::udp::endpoint{broadcast_of(host), port},
               [this](std::string_view bytes, const std::string&) { hear(bytes); });
}

void Finder::hear(std::string_view beacon) {
  const Json said = Json::parse(beacon, nullptr, false);
  if (!said.is_object() || said.value("type", Json{}) != "server_beacon") return;
  const Json id = said.value("server_id", Json{});
  const auto at = endpoint_in(said, "tcp_port");
  if (!id.is_string() || !at) return;
  heard_[id.get<std::string>()] = {*at, machine_time()};
  if (const auto leader = endpoint_in(said.value("leader_info", Json{}), "port")) leader_ = leader;
}

std::size_t Finder::servers() const {
  return known_.size() + heard_.size();
}

std::optional<Finder::Endpoint> Finder::whom_to_ask() {
  if (const auto leader = std::exchange(leader_, std::nullopt)) return leader;
  std::erase_if(heard_, [](const auto& server) { return server.second.heard + kForgotten < machine_time(); });
  std::vector<Endpoint> all = known_;
  for (const auto& [id, server] : heard_) all.push_back(server.at);
  if (all.empty()) return std::nullopt;
  return all[turn_++ % all.size()];
}

}  // namespace net
