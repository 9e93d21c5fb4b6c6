// One node in real time: a thread, its sockets, its disk. Inputs that are ready together are taken together: one write
// to the disk for all of them, then what they send, one system call for each receiver. So what a message promises is
// always on the disk before it leaves.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <string>

#include "core/node/node.hpp"
#include "net/mesh/datagrams.hpp"
#include "net/mesh/mesh.hpp"
#include "net/store/store.hpp"

namespace net {

// Of each member, in order: the same port for connections and datagrams.
using Addresses = std::vector<asio::ip::tcp::endpoint>;

class Engine final : public Inbox {
 public:
  struct Setting {
    const core::Config& config;  // sealed; outlives the engine
    core::Member self;
    std::string group;
    Addresses addresses;
    Form form = Form::binary;
    core::Rng rng{};
  };

  // Binds the sockets; throws boost::system::system_error if it cannot. `store`: null if nothing is to survive; else it
  // outlives the engine. `facts` is told everything that happens, when it has; `complain` hears of strangers.
  Engine(asio::io_context& io, const Setting& setting, core::Durable durable, Store* store, core::RecordSink& facts,
         std::function<void(const std::string&)> complain);

  void start();
  // As Node does.
  core::EventId submit(const core::Submission& submission);
  void leave();
  // Nothing is heard or said any more.
  void stop();

  [[nodiscard]] const core::Node& node() const { return node_; }
  [[nodiscard]] bool stopped() const { return stopped_; }
  // The clock of all nodes on this machine: it never goes back.
  [[nodiscard]] static core::Instant now();

 private:
  void receive(core::Message message) override;
  void link_down(core::Member peer) override;
  void soon();
  void carry_out();
  void send(const core::Effect& effect);
  void sleep();

  asio::io_context& io_;
  Dialect dialect_;
  Store* store_;
  core::RecordSink& facts_;
  core::Node node_;
  core::Effects effects_;  // wanted since carry_out() was last called
  core::Effects leaving_;  // being carried out
  asio::steady_timer alarm_;
  Mesh mesh_;
  Datagrams datagrams_;
  std::uint32_t written_of_ = UINT32_MAX;  // which message `written_` is
  std::string written_;
  bool due_ = false, stopped_ = false;
  std::shared_ptr<char> here_ = std::make_shared<char>();  // what was begun ends quietly when this is gone
};

}  // namespace net
