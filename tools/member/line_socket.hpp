// A connection of lines for who waits for several things at once with poll().
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tools {

class LineSocket {
 public:
  LineSocket() = default;
  ~LineSocket() { close(); }
  LineSocket(const LineSocket&) = delete;
  LineSocket& operator=(const LineSocket&) = delete;

  // Within two seconds. False: nobody is there.
  bool dial(const boost::asio::ip::tcp::endpoint& to);
  void close();
  [[nodiscard]] bool open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

  void say(std::string_view line);  // puts it in line for write()
  [[nodiscard]] bool wants_to_write() const { return !out_.empty(); }
  // As much as goes without waiting. False: the connection is broken.
  bool write();
  bool read();
  // The next line that has come, without its end.
  std::optional<std::string> next();

 private:
  int number_ = -1;
  std::string out_, in_;
  std::size_t at_ = 0;  // in_ is given out up to here
};

}  // namespace tools
