#include "tools/member/addresses.hpp"

#include <boost/asio/io_context.hpp>

#include "tools/flag_values.hpp"

namespace tools {

namespace ip = boost::asio::ip;

ip::address address_of(const std::string& what, const std::string& host) {
  boost::system::error_code error;
  const ip::address address = ip::make_address(host, error);
  if (!error) return address;
  boost::asio::io_context io;
  ip::tcp::resolver resolver(io);
  const auto found = resolver.resolve(ip::tcp::v4(), host, "", error);
  if (error || found.empty())
    wrong_usage(what + ": '" + host + "' is no IP address, and no host of that name is known");
  return found.begin()->endpoint().address();
}

ip::tcp::endpoint endpoint_of(const std::string& what, const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0)
    wrong_usage(what + ": '" + text + "' is not HOST:PORT, as in 127.0.0.1:8888");
  const auto port = whole_number(what, std::string_view(text).substr(colon + 1), 1, UINT16_MAX);
  return {address_of(what, text.substr(0, colon)), static_cast<std::uint16_t>(port)};
}

net::Ways ways_of(const WaysOptions& options) {
  net::Ways ways{.multicast = options.multicast, .beacon = options.beacon};
  for (const std::string& seed : options.seeds) ways.seeds.push_back(endpoint_of("--seed", seed));
  ways.multicast_group = ip::make_address_v4(options.multicast_group);
  ways.multicast_port = options.multicast_port;
  ways.beacon_port = options.beacon_port;
  ways.interval = options.interval;
  return ways;
}

}  // namespace tools
