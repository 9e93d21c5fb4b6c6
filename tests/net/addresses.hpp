// Free ports on the loopback.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <vector>

namespace tests {

// Ports that nobody has had lately; another may take one before it is used, which a test would report.
inline std::vector<boost::asio::ip::tcp::endpoint> free_addresses(boost::asio::io_context& io, std::size_t count) {
  namespace ip = boost::asio::ip;
  std::vector<ip::tcp::acceptor> taken;
  std::vector<ip::tcp::endpoint> addresses;
  for (std::size_t i = 0; i < count; ++i) {
    taken.emplace_back(io, ip::tcp::endpoint(ip::address_v4::loopback(), 0));
    addresses.push_back(taken.back().local_endpoint());
  }
  return addresses;
}

}  // namespace tests
