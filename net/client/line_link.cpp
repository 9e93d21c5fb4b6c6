#include "net/client/line_link.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <istream>
#include <utility>

namespace net {

using boost::system::error_code;

// A handler that does nothing when the link, or the connection that it was made for, is gone.
auto LineLink::mine(auto then) {
  return [this, then = std::move(then), connection = connection_, here = std::weak_ptr(here_)](const auto&... result) {
    if (!here.expired() && connection == connection_) then(result...);
  };
}

void LineLink::dial(const asio::ip::tcp::endpoint& to) {
  close();
  socket_.async_connect(to, mine([this](error_code error) {
                          if (error) return end(error.message());
                          socket_.set_option(asio::ip::tcp::no_delay(true), error);
                          listen();
                          ears_.opened();
                        }));
}

void LineLink::close() {
  ++connection_;
  error_code ignored;
  socket_.close(ignored);
  socket_ = asio::ip::tcp::socket(io_);
  heard_.consume(heard_.size());
  lines_.clear();
}

void LineLink::end(const std::string& why) {
  close();
  ears_.broke(why);
}

void LineLink::listen() {
  asio::async_read_until(socket_, heard_, '\n', mine([this](error_code error, std::size_t) {
                           if (error) return end(error.message());
                           std::istream heard(&heard_);
                           std::string line;
                           std::getline(heard, line);
                           const std::uint64_t connection = connection_;
                           ears_.heard(line);
                           if (connection == connection_) listen();
                         }));
}

void LineLink::say(std::string line) {
  lines_.push_back(std::move(line) + "\n");
  if (lines_.size() == 1) write();
}

void LineLink::write() {
  asio::async_write(socket_, asio::buffer(lines_.front()), mine([this](error_code error, std::size_t) {
                      if (error) return end(error.message());
                      lines_.pop_front();
                      if (!lines_.empty()) write();
                    }));
}

}  // namespace net
