#include "net/gateway/registry.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <nlohmann/json.hpp>

namespace net {
namespace {

using boost::system::error_code;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

// One who asks. It is given a few seconds.
class Asker : public std::enable_shared_from_this<Asker> {
 public:
  Asker(asio::ip::tcp::socket socket, std::weak_ptr<Registry::Answer> answer)
      : socket_{std::move(socket)}, patience_{socket_.get_executor()}, answer_{std::move(answer)} {}

  void begin() {
    patience_.expires_after(std::chrono::seconds(5));
    patience_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->end();
    });
    listen();
  }

 private:
  static constexpr std::size_t kMostBytes = 4'096;

  // Nothing tells where the question ends but that it is JSON as it stands.
  void listen() {
    socket_.async_read_some(asio::buffer(bytes_), [self = shared_from_this()](error_code error, std::size_t size) {
      self->asked_.append(self->bytes_.data(), size);
      if (error && self->asked_.empty()) return self->end();
      const bool whole = error || nlohmann::json::accept(self->asked_) || self->asked_.size() >= kMostBytes;
      whole ? self->answer() : self->listen();
    });
  }
  void answer() {
    const auto answer = answer_.lock();
    if (answer == nullptr) return end();
    said_ = (*answer)(asked_);
    asio::async_write(socket_, asio::buffer(said_),
                      [self = shared_from_this()](error_code, std::size_t) { self->end(); });
  }
  void end() {
    error_code ignored;
    patience_.cancel();
    socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  asio::ip::tcp::socket socket_;
  asio::steady_timer patience_;
  std::weak_ptr<Registry::Answer> answer_;
  std::array<char, kMostBytes> bytes_{};
  std::string asked_, said_;
};

asio::ip::tcp::acceptor shared_port(asio::io_context& io, const asio::ip::tcp::endpoint& here) {
  asio::ip::tcp::acceptor acceptor(io, here.protocol());
  acceptor.set_option(asio::ip::tcp::acceptor::reuse_address(true));
  acceptor.set_option(ReusePort(true));
  acceptor.bind(here);
  acceptor.listen();
  return acceptor;
}

}  // namespace

Registry::Registry(asio::io_context& io, const asio::ip::tcp::endpoint& here, Answer answer)
    : acceptor_{shared_port(io, here)}, answer_{std::make_shared<Answer>(std::move(answer))} {
  accept();
}

void Registry::accept() {
  acceptor_.async_accept([this, here = std::weak_ptr(answer_)](error_code error, asio::ip::tcp::socket socket) {
    if (here.expired() || error == asio::error::operation_aborted) return;
    if (!error) std::make_shared<Asker>(std::move(socket), here)->begin();
    accept();
  });
}

}  // namespace net
