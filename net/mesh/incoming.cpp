#include "net/mesh/incoming.hpp"

#include <boost/asio/buffer.hpp>

namespace net {

using boost::system::error_code;

Incoming::Incoming(asio::ip::tcp::socket socket, const Dialect& dialect, Inbox& inbox,
                   const std::function<void(const std::string&)>& complain)
    : socket_{std::move(socket)}, dialect_{dialect}, inbox_{inbox}, complain_{complain}, frames_{dialect.group()} {}

void Incoming::listen() {
  socket_.async_read_some(asio::buffer(bytes_), [self = shared_from_this()](error_code error, std::size_t size) {
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
    auto read = dialect_.read(*frame, frames_.form());
    if (const auto* why = std::get_if<std::string>(&read)) return end("a message " + *why);
    auto& message = std::get<core::Message>(read);
    peer_ = message.from;
    inbox_.receive(std::move(message));
    if (closed_) return;
  }
  if (!frames_.error().empty()) end(frames_.error());
}

void Incoming::end(const std::string& why) {
  error_code ignored;
  const auto from = socket_.remote_endpoint(ignored);
  close();
  if (!why.empty()) complain_(from.address().to_string() + ":" + std::to_string(from.port()) + ": " + why);
  if (peer_ != core::kNobody) inbox_.link_down(peer_);
}

}  // namespace net
