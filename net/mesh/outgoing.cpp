#include "net/mesh/outgoing.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace net {
namespace {

using boost::system::error_code;
using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{20}, kLongestPause{1'000};

}  // namespace

Outgoing::Outgoing(const asio::any_io_executor& io, asio::ip::tcp::endpoint to, core::Member peer, std::string greeting,
                   Inbox& inbox)
    : socket_{io},
      again_{io},
      to_{std::move(to)},
      peer_{peer},
      greeting_{std::move(greeting)},
      inbox_{inbox},
      pause_{kFirstPause} {}

void Outgoing::dial() {
  if (to_.port() == 0 || std::exchange(dialling_, true)) return;
  socket_.async_connect(to_, [self = shared_from_this()](error_code error) {
    self->dialling_ = false;
    if (self->closed_) return;
    error ? self->broken() : self->connected();
  });
}

void Outgoing::hurry() {
  if (up_ || dialling_) return;
  pause_ = kFirstPause;
  again_.cancel();
  dial();
}

// A connection to where it was, or an attempt at one, ends; then the new address is next.
void Outgoing::redirect(const asio::ip::tcp::endpoint& to) {
  if (to == to_) return;
  to_ = to;
  pause_ = kFirstPause;
  again_.cancel();
  if (up_) return broken();
  if (!dialling_) return dial();
  error_code ignored;
  socket_.close(ignored);
}

void Outgoing::close() {
  closed_ = true;
  error_code ignored;
  again_.cancel();
  socket_.close(ignored);
}

void Outgoing::connected() {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  up_ = true;
  pause_ = kFirstPause;
  waiting_ = greeting_;
  flush();
  watch();
}

// Nobody speaks here, so what comes is the end of it.
void Outgoing::watch() {
  socket_.async_read_some(asio::buffer(&heard_, 1), [self = shared_from_this()](error_code error, std::size_t) {
    if (self->closed_ || !self->up_) return;
    error ? self->broken() : self->watch();
  });
}

void Outgoing::broken() {
  error_code ignored;
  up_ = false;
  socket_.close(ignored);
  waiting_.clear();
  busy_ = false;
  again_.expires_after(pause_);
  pause_ = std::min(pause_ * 2, kLongestPause);
  again_.async_wait([self = shared_from_this()](error_code error) {
    if (!error && !self->closed_) self->dial();
  });
  inbox_.link_down(peer_);
}

void Outgoing::send(std::string_view frame) {
  if (up_ && waiting_.size() + frame.size() <= kMostWaiting) waiting_ += frame;
}

void Outgoing::flush() {
  if (!up_ || busy_ || waiting_.empty()) return;
  busy_ = true;
  writing_.clear();
  std::swap(writing_, waiting_);
  asio::async_write(socket_, asio::buffer(writing_), [self = shared_from_this()](error_code error, std::size_t) {
    if (self->closed_ || !self->up_) return;
    self->busy_ = false;
    error ? self->broken() : self->flush();
  });
}

}  // namespace net
