#include "net/discovery/airwave.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/multicast.hpp>

namespace net {

using asio::ip::udp;
using boost::system::error_code;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

Airwave::Airwave(asio::io_context& io, const asio::ip::address_v4& host, const udp::endpoint& to, Heard heard)
    : socket_{io, udp::v4()}, to_{to}, heard_{std::move(heard)} {
  socket_.set_option(udp::socket::reuse_address(true));
  socket_.set_option(ReusePort(true));
  socket_.bind({asio::ip::address_v4::any(), to.port()});
  socket_.non_blocking(true);
  if (to.address().is_multicast()) {
    socket_.set_option(asio::ip::multicast::join_group(to.address().to_v4(), host));
    socket_.set_option(asio::ip::multicast::outbound_interface(host));
    socket_.set_option(asio::ip::multicast::enable_loopback(true));
    socket_.set_option(asio::ip::multicast::hops(2));
  } else {
    socket_.set_option(asio::socket_base::broadcast(true));
  }
  listen();
}

void Airwave::say(std::string_view bytes) {
  error_code ignored;
  socket_.send_to(asio::buffer(bytes), to_, 0, ignored);
}

void Airwave::listen() {
  socket_.async_receive_from(
      asio::buffer(bytes_), from_, [this, here = std::weak_ptr(here_)](error_code error, std::size_t size) {
        if (here.expired() || error == asio::error::operation_aborted) return;
        if (!error) heard_({bytes_.data(), size}, from_.address().to_string() + ":" + std::to_string(from_.port()));
        listen();
      });
}

asio::ip::address_v4 broadcast_of(const asio::ip::address_v4& host) {
  return host.is_loopback() ? asio::ip::address_v4({127, 255, 255, 255}) : asio::ip::address_v4::broadcast();
}

}  // namespace net
