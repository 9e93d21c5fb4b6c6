// Finding and asking the nodes of a live group from outside.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <vector>

#include "tools/command_line_member.hpp"

namespace tools {

// Where nodes can be asked: those that were named, or, if there are none, those that were heard of within a few
// seconds.
std::vector<boost::asio::ip::tcp::endpoint> find_nodes(const WhomOptions& whom);

std::string text_of(const boost::asio::ip::tcp::endpoint& address);

}  // namespace tools
