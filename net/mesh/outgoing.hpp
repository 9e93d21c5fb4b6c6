// The connection that a member dials to another, and on which it only speaks. While it is down what is sent is lost:
// the protocol repeats what matters. It is dialled again and again, ever less often.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "net/mesh/inbox.hpp"
#include "net/wire/frames.hpp"

namespace net {

namespace asio = boost::asio;

class Outgoing : public std::enable_shared_from_this<Outgoing> {
 public:
  // More than this waits for nobody: the connection is too slow, and what is sent on top is lost.
  static constexpr std::size_t kMostWaiting = 64 << 20;

  // REQUIRES: inbox outlives the io_context's run.
  Outgoing(const asio::any_io_executor& io, asio::ip::tcp::endpoint to, core::Member peer, std::string greeting,
           Inbox& inbox);

  // Nobody is dialled at port 0.
  void dial();
  // From now on the member is dialled here.
  void redirect(const asio::ip::tcp::endpoint& to);
  // It pauses no longer before it dials again.
  void hurry();
  // No more is sent or dialled.
  void close();
  // Puts bytes in line; flush() sends all of them at once.
  void send(std::string_view frame);
  void flush();

  [[nodiscard]] bool up() const { return up_; }
  // Bytes in line and on their way.
  [[nodiscard]] std::size_t waiting() const { return waiting_.size() + (busy_ ? writing_.size() : 0); }

 private:
  void connected();
  void watch();
  void broken();

  asio::ip::tcp::socket socket_;
  asio::steady_timer again_;
  asio::ip::tcp::endpoint to_;
  core::Member peer_;
  std::string greeting_;  // begins every connection
  Inbox& inbox_;
  std::string waiting_, writing_;
  std::chrono::milliseconds pause_;
  bool up_ = false, busy_ = false, dialling_ = false, closed_ = false;
  char heard_ = 0;  // nothing should come
};

}  // namespace net
