// HOST:PORT as people write it.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <string>

#include "net/discovery/discovery.hpp"
#include "tools/command_line_member.hpp"

namespace tools {

// Names are looked up. `what` is the flag or key it came from, for the message. Throws BadInput.
boost::asio::ip::address address_of(const std::string& what, const std::string& host);
boost::asio::ip::tcp::endpoint endpoint_of(const std::string& what, const std::string& text);

net::Ways ways_of(const WaysOptions& options);

}  // namespace tools
