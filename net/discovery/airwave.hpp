// Datagrams to whoever listens: a multicast group, or broadcasts. Several processes of one machine share the port, and
// all of them hear everything.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace net {

namespace asio = boost::asio;

class Airwave {
 public:
  // What was heard, and from where.
  using Heard = std::function<void(std::string_view bytes, const std::string& from)>;

  // At the interface that has the address `host`; `to` is a multicast group, or else a broadcast address. Throws
  // boost::system::system_error if it cannot listen at the port of `to`.
  Airwave(asio::io_context& io, const asio::ip::address_v4& host, const asio::ip::udp::endpoint& to, Heard heard);
  Airwave(const Airwave&) = delete;
  Airwave& operator=(const Airwave&) = delete;

  // It may get lost. What cannot be sent is lost too: the network may be down for a while.
  void say(std::string_view bytes);

 private:
  void listen();

  asio::ip::udp::socket socket_;
  asio::ip::udp::endpoint to_, from_;
  Heard heard_;
  std::array<char, 64 << 10> bytes_{};
  std::shared_ptr<char> here_ = std::make_shared<char>();  // what was begun ends quietly when this is gone
};

// Where broadcasts from this address go: those of the loopback stay on the machine.
asio::ip::address_v4 broadcast_of(const asio::ip::address_v4& host);

}  // namespace net
