// A connection that another member has dialled, and on which it speaks, in whatever form it likes.
#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>

#include "net/mesh/inbox.hpp"
#include "net/wire/dialect.hpp"

namespace net {

namespace asio = boost::asio;

class Incoming : public std::enable_shared_from_this<Incoming> {
 public:
  // `complain` hears why a connection is given up, in words. REQUIRES: all outlive the io_context's run.
  Incoming(asio::ip::tcp::socket socket, const Dialect& dialect, Inbox& inbox,
           const std::function<void(const std::string&)>& complain);

  void listen();
  void close();

 private:
  void take(std::string_view bytes);
  void end(const std::string& why);

  asio::ip::tcp::socket socket_;
  const Dialect& dialect_;
  Inbox& inbox_;
  const std::function<void(const std::string&)>& complain_;
  Frames frames_;
  std::array<char, 64 << 10> bytes_{};
  core::Member peer_ = core::kNobody;  // who speaks, once it has
  bool closed_ = false;
};

}  // namespace net
