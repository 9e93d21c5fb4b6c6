#include "net/runtime/sockets.hpp"

#include <utility>

namespace net {

Sockets::Sockets(asio::io_context& io, const Dialect& dialect, core::Member self, Addresses addresses, Form form,
                 std::function<void(const std::string&)> complain)
    : io_{io},
      dialect_{dialect},
      self_{self},
      addresses_{std::move(addresses)},
      form_{form},
      complain_{std::move(complain)},
      sent_(addresses_.size()),
      received_(addresses_.size()) {}

void Sockets::open(Inbox& inbox) {
  open(inbox, asio::ip::tcp::acceptor(io_, addresses_[self_]));
}

void Sockets::open(Inbox& inbox, asio::ip::tcp::acceptor acceptor, Visitors* visitors,
                   std::vector<asio::ip::udp::endpoint> datagrams) {
  if (datagrams.empty())
    for (const auto& address : addresses_) datagrams.emplace_back(address.address(), address.port());
  inbox_ = &inbox;
  Inbox& here = *this;
  mesh_.emplace(std::move(acceptor), visitors, dialect_, self_, addresses_, form_, here, complain_);
  datagrams_.emplace(io_, dialect_, self_, std::move(datagrams), form_, here, complain_);
}

void Sockets::move(core::Member peer, const asio::ip::tcp::endpoint& tcp, const asio::ip::udp::endpoint& udp) {
  mesh_->move(peer, tcp);
  datagrams_->move(peer, udp);
}

void Sockets::receive(core::Message message, std::string_view written) {
  received_[message.from].count(written);
  inbox_->receive(std::move(message), written);
}

void Sockets::send(core::Member to, const core::Message& message, std::string_view written) {
  sent_[to].count(written);
  if (message.type() == core::MessageType::heartbeat)
    datagrams_->send(to, written);
  else
    mesh_->send(to, written);
}

void Sockets::flush() {
  mesh_->flush();
}

void Sockets::close() {
  if (mesh_) mesh_->close();
  if (datagrams_) datagrams_->close();
}

}  // namespace net
