// The port at which the originals' clients once asked for the group: one JSON object, without an end of line, is
// answered by one, and the connection is closed. Members of one host share the port, and any of them answers.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace net {

namespace asio = boost::asio;

class Registry {
 public:
  using Answer = std::function<std::string(std::string_view request)>;

  // Throws boost::system::system_error if it cannot listen there.
  Registry(asio::io_context& io, const asio::ip::tcp::endpoint& here, Answer answer);
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

 private:
  void accept();

  asio::ip::tcp::acceptor acceptor_;
  std::shared_ptr<Answer> answer_;  // gone with the registry
};

}  // namespace net
