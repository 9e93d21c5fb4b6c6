#include "tools/member/callers.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <list>

#include "tools/exit_code.hpp"
#include "tools/member/addresses.hpp"

namespace tools {
namespace {

using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

// A node tells of itself every other second unless it was told otherwise; half a second later all have.
Endpoints listen_for(const WhomOptions& whom) {
  namespace ip = boost::asio::ip;
  Endpoints found;
  boost::asio::io_context io;
  const auto heard = [&](std::string_view bytes, const std::string&) {
    const auto read = net::sighting_in(bytes);
    const auto* sighting = std::get_if<net::Sighting>(&read);
    if (sighting == nullptr || sighting->group != whom.group) return;
    if (std::find(found.begin(), found.end(), sighting->node.at.tcp()) == found.end())
      found.push_back(sighting->node.at.tcp());
  };
  const auto host = ip::make_address_v4(whom.host);
  const net::Ways ways = ways_of(whom.ways);
  std::list<net::Airwave> air;
  try {
    if (ways.multicast) air.emplace_back(io, host, ip::udp::endpoint(ways.multicast_group, ways.multicast_port), heard);
    if (ways.beacon) air.emplace_back(io, host, ip::udp::endpoint(net::broadcast_of(host), ways.beacon_port), heard);
  } catch (const boost::system::system_error& error) {
    throw BadInput("bellwether: discovery: " + error.code().message() + "; give HOST:PORT of a node instead");
  }
  const auto interval = std::chrono::nanoseconds(ways.interval.ns);
  io.run_for(interval + std::chrono::milliseconds(500));
  if (found.empty()) io.run_for(interval);
  return found;
}

}  // namespace

std::string text_of(const boost::asio::ip::tcp::endpoint& address) {
  return address.address().to_string() + ":" + std::to_string(address.port());
}

Endpoints find_nodes(const WhomOptions& whom) {
  Endpoints named = ways_of(whom.ways).seeds;
  for (const std::string& address : whom.addresses) named.push_back(endpoint_of("HOST:PORT", address));
  return named.empty() ? listen_for(whom) : named;
}

}  // namespace tools
