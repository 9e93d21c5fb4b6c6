// A line to a desk and the line that it answers, on a connection of its own.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <functional>
#include <memory>
#include <string>

namespace net {

namespace asio = boost::asio;

class LineCall : public std::enable_shared_from_this<LineCall> {
 public:
  // The answer without its end, or why there is none.
  struct Answer {
    std::string line, error;
  };

  // Calls `then` once, within two seconds, unless the io_context ends before.
  static void begin(asio::io_context& io, const asio::ip::tcp::endpoint& to, std::string line,
                    std::function<void(const Answer&)> then);

  LineCall(asio::io_context& io, std::string line, std::function<void(const Answer&)> then);

 private:
  void dial(const asio::ip::tcp::endpoint& to);
  void speak();
  void listen();
  void end(const Answer& answer);

  static constexpr std::size_t kMostBytes = 4 << 20;
  asio::ip::tcp::socket socket_;
  asio::steady_timer patience_;
  std::string line_;
  std::function<void(const Answer&)> then_;
  asio::streambuf heard_{kMostBytes};
};

}  // namespace net
