#include "net/mesh/datagrams.hpp"

#include <boost/asio/buffer.hpp>

namespace net {

using boost::system::error_code;

Datagrams::Datagrams(asio::io_context& io, const Dialect& dialect, core::Member self,
                     std::vector<asio::ip::udp::endpoint> addresses, Form form, Inbox& inbox,
                     std::function<void(const std::string&)> complain)
    : dialect_{dialect},
      form_{form},
      inbox_{inbox},
      complain_{std::move(complain)},
      addresses_{std::move(addresses)},
      socket_{io, addresses_[self]} {
  socket_.non_blocking(true);
  listen();
}

void Datagrams::send(core::Member to, std::string_view written) {
  if (addresses_[to].port() == 0) return;
  datagram_ = preamble(form_, dialect_.group());
  append_frame(datagram_, form_, written);
  error_code ignored;  // a full buffer is a lost heartbeat
  socket_.send_to(asio::buffer(datagram_), addresses_[to], 0, ignored);
}

void Datagrams::say(const asio::ip::udp::endpoint& to, std::string_view bytes) {
  error_code ignored;
  socket_.send_to(asio::buffer(bytes), to, 0, ignored);
}

// Errors are news of earlier datagrams that nobody took; connections tell that better.
void Datagrams::listen() {
  socket_.async_receive_from(asio::buffer(bytes_), from_,
                             [this, here = std::weak_ptr(here_)](error_code error, std::size_t size) {
                               if (here.expired() || !socket_.is_open()) return;
                               if (!error) take({bytes_.data(), size});
                               listen();
                             });
}

void Datagrams::take(std::string_view bytes) {
  Frames frames(dialect_.group());
  frames.feed(bytes);
  std::string why = "cut short";
  if (const auto frame = frames.next()) {
    auto read = dialect_.read(*frame, frames.form());
    if (auto* message = std::get_if<core::Message>(&read))
      return inbox_.receive(std::move(*message), frames.form() == Form::binary ? *frame : std::string_view{});
    why = "a message " + std::get<std::string>(read);
  } else if (!frames.error().empty()) {
    why = frames.error();
  }
  if (stranger_ && stranger_(bytes, from_)) return;
  complain_(from_.address().to_string() + ":" + std::to_string(from_.port()) + " (datagram): " + why);
}

void Datagrams::close() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace net
