// TCP between the members of a group: each dials every other and speaks on that connection; what it hears comes on
// those that others have dialled. Messages to one member keep their order while the connection lasts.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "net/mesh/incoming.hpp"
#include "net/mesh/outgoing.hpp"

namespace net {

class Mesh final : private Inbox {
 public:
  // Dials the others, but those of port 0, whose address is not known yet, and hears who dials `acceptor`, which
  // listens already. `visitors`: null: none are heard. REQUIRES: dialect, inbox and visitors outlive the io_context's
  // run; one address for each member.
  Mesh(asio::ip::tcp::acceptor acceptor, Visitors* visitors, const Dialect& dialect, core::Member self,
       const std::vector<asio::ip::tcp::endpoint>& addresses, Form form, Inbox& inbox,
       std::function<void(const std::string&)> complain);
  ~Mesh() { close(); }
  Mesh(const Mesh&) = delete;
  Mesh& operator=(const Mesh&) = delete;

  // Puts a message, written in form(), in line for a member; flush() sends what is in line, one write for each member.
  void send(core::Member to, std::string_view written);
  void flush();
  // That member is to be found here now.
  void move(core::Member peer, const asio::ip::tcp::endpoint& address);
  void close();

  [[nodiscard]] Form form() const { return form_; }
  [[nodiscard]] bool reaches(core::Member peer) const { return outgoing_[peer] != nullptr && outgoing_[peer]->up(); }
  // Bytes that are to be sent to that member.
  [[nodiscard]] std::size_t waiting(core::Member peer) const {
    return outgoing_[peer] == nullptr ? 0 : outgoing_[peer]->waiting();
  }

 private:
  // Who speaks is there: where it was not to be had, it is dialled again at once.
  void receive(core::Message message, std::string_view written) override;
  void link_down(core::Member peer) override { inbox_.link_down(peer); }
  void accept();

  const Dialect& dialect_;
  Form form_;
  Inbox& inbox_;
  Visitors* visitors_;
  std::function<void(const std::string&)> complain_;
  asio::ip::tcp::acceptor acceptor_;
  std::vector<std::shared_ptr<Outgoing>> outgoing_;  // by member; none to itself
  std::vector<std::weak_ptr<Incoming>> incoming_;
  std::string frame_;
  std::shared_ptr<char> here_ = std::make_shared<char>();  // what was begun ends quietly when this is gone
};

}  // namespace net
