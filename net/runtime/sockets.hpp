// A node's sockets: connections for all messages but heartbeats, which are datagrams.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/mesh/datagrams.hpp"
#include "net/mesh/mesh.hpp"
#include "net/runtime/outlet.hpp"

namespace net {

// Of each member, in order. Unless it is said otherwise, the same port serves connections and datagrams.
using Addresses = std::vector<asio::ip::tcp::endpoint>;

// What went one way between this node and another. Bytes: of messages in binary form, those in JSON count none.
struct Traffic {
  std::uint64_t messages = 0, bytes = 0;
  void count(std::string_view written) { ++messages, bytes += written.size(); }
};

class Sockets final : public Outlet, private Inbox {
 public:
  // `complain` hears of strangers. REQUIRES: dialect outlives the sockets.
  Sockets(asio::io_context& io, const Dialect& dialect, core::Member self, Addresses addresses, Form form,
          std::function<void(const std::string&)> complain);

  // Dials the others, and listens: there, or at a port that is listened at already. Throws boost::system::system_error
  // if it cannot. `visitors`: null: none are heard. `datagrams`: of each member; none: the ports of the connections.
  // REQUIRES: inbox and visitors outlive the io_context's run.
  void open(Inbox& inbox);
  void open(Inbox& inbox, asio::ip::tcp::acceptor acceptor, Visitors* visitors = nullptr,
            std::vector<asio::ip::udp::endpoint> datagrams = {});
  // That member is to be found here now. REQUIRES: open.
  void move(core::Member peer, const asio::ip::tcp::endpoint& tcp, const asio::ip::udp::endpoint& udp);
  // Datagrams at the same port that are no members'. REQUIRES: open.
  void listen_for(Stranger stranger) { datagrams_->listen_for(std::move(stranger)); }
  void say(const asio::ip::udp::endpoint& to, std::string_view bytes) { datagrams_->say(to, bytes); }
  [[nodiscard]] bool reaches(core::Member peer) const { return mesh_->reaches(peer); }
  [[nodiscard]] std::size_t waiting(core::Member peer) const { return mesh_->waiting(peer); }
  // What that member was to be sent, and what came from it.
  [[nodiscard]] const Traffic& sent_to(core::Member peer) const { return sent_[peer]; }
  [[nodiscard]] const Traffic& received_from(core::Member peer) const { return received_[peer]; }

  void send(core::Member to, const core::Message& message, std::string_view written) override;
  void flush() override;
  void close() override;

 private:
  void receive(core::Message message, std::string_view written) override;
  void link_down(core::Member peer) override { inbox_->link_down(peer); }

  asio::io_context& io_;
  const Dialect& dialect_;
  core::Member self_;
  Addresses addresses_;
  Form form_;
  std::function<void(const std::string&)> complain_;
  Inbox* inbox_ = nullptr;                // once open
  std::vector<Traffic> sent_, received_;  // by member
  std::optional<Mesh> mesh_;
  std::optional<Datagrams> datagrams_;
};

}  // namespace net
