// How a client finds its group.
#pragma once

#include <vector>

#include "net/client/finder.hpp"
#include "tools/command_line_client.hpp"

namespace tools {

// Those of --server.
std::vector<net::Finder::Endpoint> servers_of(const ClientOptions& options);
// Listens to beacons, unless servers were named. Throws BadInput.
void listen_for_servers(net::Finder& finder, boost::asio::io_context& io, const ClientOptions& options);
// Why nobody answered, for people.
const char* nobody_answered(const net::Finder& finder);

}  // namespace tools
