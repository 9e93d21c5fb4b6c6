#include "net/mesh/incoming.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

namespace net {

using boost::system::error_code;

Incoming::Incoming(asio::ip::tcp::socket socket, const Dialect& dialect, Inbox& inbox, Visitors* visitors,
                   const std::function<void(const std::string&)>& complain)
    : socket_{std::move(socket)},
      dialect_{dialect},
      inbox_{inbox},
      visitors_{visitors},
      complain_{complain},
      frames_{dialect.group()} {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

void Incoming::listen() {
  if (listening_ || waiting_.size() > kMuchWaiting) return;
  listening_ = true;
  socket_.async_read_some(asio::buffer(bytes_), [self = shared_from_this()](error_code error, std::size_t size) {
    self->listening_ = false;
    if (self->closed_) return;
    if (error) return self->end("");
    self->take({self->bytes_.data(), size});
    if (!self->closed_) self->listen();
  });
}

void Incoming::close() {
  closed_ = true;
  error_code ignored;
  socket_.close(ignored);
}

void Incoming::take(std::string_view bytes) {
  frames_.feed(bytes);
  while (const auto frame = frames_.next()) {
    take_frame(*frame);
    if (closed_) return;
  }
  if (!frames_.error().empty()) end(frames_.error());
}

void Incoming::take_frame(std::string_view frame) {
  auto read = dialect_.read(frame, frames_.form());
  if (auto* message = std::get_if<core::Message>(&read)) {
    peer_ = message->from;
    return inbox_.receive(std::move(*message), frames_.form() == Form::binary ? frame : std::string_view{});
  }
  const bool visit = frames_.form() == Form::json && visitors_ != nullptr;
  if (!visit || !visitors_->hear(frame, shared_from_this())) end("a message " + std::get<std::string>(read));
}

void Incoming::answer(std::string line) {
  if (closed_) return;
  if (waiting_.size() + line.size() > kMostWaiting) return end("does not read its answers");
  waiting_ += line;
  waiting_ += '\n';
  if (writing_.empty()) write();
}

void Incoming::hang_up() {
  leaving_ = true;
  if (!closed_ && writing_.empty()) end("");
}

void Incoming::write() {
  std::swap(writing_, waiting_);
  asio::async_write(socket_, asio::buffer(writing_), [self = shared_from_this()](error_code error, std::size_t) {
    if (self->closed_) return;
    if (error) return self->end("");
    self->writing_.clear();
    if (!self->waiting_.empty())
      self->write();
    else if (self->leaving_)
      return self->end("");
    self->listen();
  });
}

void Incoming::end(const std::string& why) {
  error_code ignored;
  const auto from = socket_.remote_endpoint(ignored);
  close();
  if (!why.empty()) complain_(from.address().to_string() + ":" + std::to_string(from.port()) + ": " + why);
  if (peer_ != core::kNobody) inbox_.link_down(peer_);
}

}  // namespace net
