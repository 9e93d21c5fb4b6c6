// A connection that somebody else has dialled: a member, which only speaks, in whatever form it likes, or a visitor,
// who speaks JSON and is answered.
#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>

#include "net/mesh/inbox.hpp"
#include "net/mesh/visitors.hpp"
#include "net/wire/dialect.hpp"

namespace net {

namespace asio = boost::asio;

class Incoming final : public Caller, public std::enable_shared_from_this<Incoming> {
 public:
  // While more than this waits to be read by the other side, nothing more is taken from it.
  static constexpr std::size_t kMuchWaiting = 1 << 20;
  static constexpr std::size_t kMostWaiting = 64 << 20;  // more, and it is hung up on

  // `complain` hears why a connection is given up, in words. REQUIRES: all outlive the io_context's run, but for
  // `visitors`, which may be null: then only members are heard.
  Incoming(asio::ip::tcp::socket socket, const Dialect& dialect, Inbox& inbox, Visitors* visitors,
           const std::function<void(const std::string&)>& complain);

  void listen();
  void close();
  void answer(std::string line) override;
  void hang_up() override;

 private:
  void take(std::string_view bytes);
  void take_frame(std::string_view frame);
  void write();
  void end(const std::string& why);

  asio::ip::tcp::socket socket_;
  const Dialect& dialect_;
  Inbox& inbox_;
  Visitors* visitors_;
  const std::function<void(const std::string&)>& complain_;
  Frames frames_;
  std::array<char, 64 << 10> bytes_{};
  std::string waiting_, writing_;      // answers
  core::Member peer_ = core::kNobody;  // which member speaks, once one has
  bool listening_ = false, leaving_ = false, closed_ = false;
};

}  // namespace net
