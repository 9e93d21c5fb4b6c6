// A connection to a server on which both speak in lines.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/streambuf.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace net {

namespace asio = boost::asio;

class LineLink {
 public:
  // Any of these may dial or close.
  struct Ears {
    std::function<void()> opened;
    std::function<void(const std::string& line)> heard;  // without its end
    std::function<void(const std::string& why)> broke;   // or could not be opened; it is closed then
  };

  LineLink(asio::io_context& io, Ears ears) : io_{io}, ears_{std::move(ears)}, socket_{io}, heard_{kMostBytes} {}
  LineLink(const LineLink&) = delete;
  LineLink& operator=(const LineLink&) = delete;

  // Closes what was open. Of that nothing is heard any more.
  void dial(const asio::ip::tcp::endpoint& to);
  void close();
  // In the order in which it was said. REQUIRES: it is open.
  void say(std::string line);

 private:
  static constexpr std::size_t kMostBytes = 64 << 10;  // of a line

  void listen();
  void write();
  void end(const std::string& why);
  auto mine(auto then);

  asio::io_context& io_;
  Ears ears_;
  asio::ip::tcp::socket socket_;
  asio::streambuf heard_;
  std::deque<std::string> lines_;  // to be written; the first is being written
  std::uint64_t connection_ = 0;   // what was begun for an earlier one ends quietly
  std::shared_ptr<char> here_ = std::make_shared<char>();
};

}  // namespace net
