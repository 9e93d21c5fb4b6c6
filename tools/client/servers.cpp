#include "tools/client/servers.hpp"

#include "tools/flag_values.hpp"
#include "tools/member/addresses.hpp"

namespace tools {

std::vector<net::Finder::Endpoint> servers_of(const ClientOptions& options) {
  std::vector<net::Finder::Endpoint> servers;
  for (const std::string& server : options.servers) servers.push_back(endpoint_of("--server", server));
  return servers;
}

void listen_for_servers(net::Finder& finder, boost::asio::io_context& io, const ClientOptions& options) {
  if (!options.servers.empty()) return;
  try {
    finder.listen(io, address_of("--host", options.host).to_v4(), options.beacon_port);
  } catch (const boost::system::system_error& error) {
    wrong_usage("client: beacons cannot be heard at port " + std::to_string(options.beacon_port) + ": " +
                error.code().message() + "; give --beacon-port, or --server HOST:PORT");
  }
}

const char* nobody_answered(const net::Finder& finder) {
  return finder.servers() == 0
             ? "no server was heard of; does a group run with `bellwether node --discovery beacon`, or "
               "is --server HOST:PORT missing?\n"
             : "no server has taken this client; see what `bellwether status` says\n";
}

}  // namespace tools
