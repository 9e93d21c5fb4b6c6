#include "net/discovery/line_call.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <istream>
#include <utility>

namespace net {

using boost::system::error_code;

LineCall::LineCall(asio::io_context& io, std::string line, std::function<void(const Answer&)> then)
    : socket_{io}, patience_{io}, line_{std::move(line) + '\n'}, then_{std::move(then)} {}

void LineCall::begin(asio::io_context& io, const asio::ip::tcp::endpoint& to, std::string line,
                     std::function<void(const Answer&)> then) {
  std::make_shared<LineCall>(io, std::move(line), std::move(then))->dial(to);
}

void LineCall::dial(const asio::ip::tcp::endpoint& to) {
  patience_.expires_after(std::chrono::seconds(2));
  patience_.async_wait([self = shared_from_this()](error_code error) {
    if (!error) self->end({"", "no answer within 2 s"});
  });
  socket_.async_connect(
      to, [self = shared_from_this()](error_code error) { error ? self->end({"", error.message()}) : self->speak(); });
}

void LineCall::speak() {
  asio::async_write(socket_, asio::buffer(line_), [self = shared_from_this()](error_code error, std::size_t) {
    error ? self->end({"", error.message()}) : self->listen();
  });
}

void LineCall::listen() {
  asio::async_read_until(socket_, heard_, '\n', [self = shared_from_this()](error_code error, std::size_t) {
    if (error) return self->end({"", "the connection was closed: " + error.message()});
    std::istream heard(&self->heard_);
    Answer answer;
    std::getline(heard, answer.line);
    self->end(answer);
  });
}

// Whatever was begun ends with an error then, and finds nobody to tell.
void LineCall::end(const Answer& answer) {
  const auto then = std::exchange(then_, nullptr);
  if (!then) return;
  error_code ignored;
  patience_.cancel();
  socket_.close(ignored);
  then(answer);
}

}  // namespace net
