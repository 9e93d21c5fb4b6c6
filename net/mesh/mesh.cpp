#include "net/mesh/mesh.hpp"

#include <algorithm>
#include <utility>

namespace net {

using boost::system::error_code;

Mesh::Mesh(asio::ip::tcp::acceptor acceptor, Visitors* visitors, const Dialect& dialect, core::Member self,
           const std::vector<asio::ip::tcp::endpoint>& addresses, Form form, Inbox& inbox,
           std::function<void(const std::string&)> complain)
    : dialect_{dialect},
      form_{form},
      inbox_{inbox},
      visitors_{visitors},
      complain_{std::move(complain)},
      acceptor_{std::move(acceptor)},
      outgoing_(addresses.size()) {
  accept();
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto peer = static_cast<core::Member>(i);
    if (peer == self) continue;
    outgoing_[i] = std::make_shared<Outgoing>(acceptor_.get_executor(), addresses[i], peer,
                                              preamble(form, dialect.group()), inbox);
    outgoing_[i]->dial();
  }
}

void Mesh::accept() {
  acceptor_.async_accept([this, here = std::weak_ptr(here_)](error_code error, asio::ip::tcp::socket socket) {
    if (here.expired() || !acceptor_.is_open()) return;
    if (!error) {
      auto made =
          std::make_shared<Incoming>(std::move(socket), dialect_, static_cast<Inbox&>(*this), visitors_, complain_);
      incoming_.erase(std::remove_if(incoming_.begin(), incoming_.end(), [](const auto& one) { return one.expired(); }),
                      incoming_.end());
      incoming_.push_back(made);
      made->listen();
    }
    accept();
  });
}

void Mesh::receive(core::Message message, std::string_view written) {
  if (const auto& peer = outgoing_[message.from]; peer != nullptr) peer->hurry();
  inbox_.receive(std::move(message), written);
}

void Mesh::send(core::Member to, std::string_view written) {
  if (outgoing_[to] == nullptr) return;
  frame_.clear();
  append_frame(frame_, form_, written);
  outgoing_[to]->send(frame_);
}

void Mesh::flush() {
  for (const auto& peer : outgoing_)
    if (peer != nullptr) peer->flush();
}

void Mesh::move(core::Member peer, const asio::ip::tcp::endpoint& address) {
  if (outgoing_[peer] != nullptr) outgoing_[peer]->redirect(address);
}

void Mesh::close() {
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& peer : outgoing_)
    if (peer != nullptr) peer->close();
  for (const auto& one : incoming_)
    if (const auto open = one.lock()) open->close();
}

}  // namespace net
