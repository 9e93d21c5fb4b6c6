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

class Mesh {
 public:
  // Listens at addresses[self] and dials the others. Throws boost::system::system_error if it cannot listen there.
  // REQUIRES: dialect and inbox outlive the io_context's run; one address for each member.
  Mesh(asio::io_context& io, const Dialect& dialect, core::Member self,
       const std::vector<asio::ip::tcp::endpoint>& addresses, Form form, Inbox& inbox,
       std::function<void(const std::string&)> complain);
  ~Mesh() { close(); }
  Mesh(const Mesh&) = delete;
  Mesh& operator=(const Mesh&) = delete;

  // Puts a message, written in form(), in line for a member; flush() sends what is in line, one write for each member.
  void send(core::Member to, std::string_view written);
  void flush();
  void close();

  [[nodiscard]] Form form() const { return form_; }
  [[nodiscard]] bool reaches(core::Member peer) const { return outgoing_[peer] != nullptr && outgoing_[peer]->up(); }

 private:
  void accept();

  const Dialect& dialect_;
  Form form_;
  Inbox& inbox_;
  std::function<void(const std::string&)> complain_;
  asio::ip::tcp::acceptor acceptor_;
  std::vector<std::shared_ptr<Outgoing>> outgoing_;  // by member; none to itself
  std::vector<std::weak_ptr<Incoming>> incoming_;
  std::string frame_;
  std::shared_ptr<char> here_ = std::make_shared<char>();  // what was begun ends quietly when this is gone
};

}  // namespace net
