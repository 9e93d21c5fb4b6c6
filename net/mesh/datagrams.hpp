// Heartbeats, each a datagram of its own: what waits in a connection must not make its sender look dead.
#pragma once

#include <array>
#include <boost/asio/ip/udp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/mesh/inbox.hpp"
#include "net/wire/dialect.hpp"

namespace net {

namespace asio = boost::asio;

// Hears datagrams that are no member's message. False: nor are they anybody else's.
using Stranger = std::function<bool(std::string_view bytes, const asio::ip::udp::endpoint& from)>;

class Datagrams {
 public:
  // Binds addresses[self]; throws boost::system::system_error if it cannot. REQUIRES: dialect and inbox outlive the
  // io_context's run; one address for each member.
  Datagrams(asio::io_context& io, const Dialect& dialect, core::Member self,
            std::vector<asio::ip::udp::endpoint> addresses, Form form, Inbox& inbox,
            std::function<void(const std::string&)> complain);
  ~Datagrams() { close(); }
  Datagrams(const Datagrams&) = delete;
  Datagrams& operator=(const Datagrams&) = delete;

  // A member whose port is 0 is not known yet, and nothing is sent to it.
  void move(core::Member peer, const asio::ip::udp::endpoint& address) { addresses_[peer] = address; }
  // A message written in the form that was given. It may get lost, and nobody hears of that.
  void send(core::Member to, std::string_view written);
  // From the same port, to anybody.
  void say(const asio::ip::udp::endpoint& to, std::string_view bytes);
  void listen_for(Stranger stranger) { stranger_ = std::move(stranger); }
  void close();

 private:
  void listen();
  void take(std::string_view bytes);

  const Dialect& dialect_;
  Form form_;
  Inbox& inbox_;
  std::function<void(const std::string&)> complain_;
  Stranger stranger_;
  std::vector<asio::ip::udp::endpoint> addresses_;
  asio::ip::udp::socket socket_;
  asio::ip::udp::endpoint from_;
  std::array<char, 64 << 10> bytes_{};
  std::string datagram_;
  std::shared_ptr<char> here_ = std::make_shared<char>();  // what was begun ends quietly when this is gone
};

}  // namespace net
