// Stands between a node of a live run and its sockets, and treats each message as the scenario's network would: closed
// links carry nothing, others lose, delay and repeat. A message waits at its receiver, so no process needs any right;
// what becomes of it is decided by the simulator's own network.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <queue>
#include <variant>
#include <vector>

#include "net/runtime/engine.hpp"
#include "tools/live/scribe.hpp"
#include "tools/live/surroundings.hpp"

namespace tools {

class LinkLayer final : public net::Outlet, public net::Inbox {
 public:
  // REQUIRES: all outlive the io_context's run.
  LinkLayer(boost::asio::io_context& io, core::Member self, Surroundings& surroundings, Scribe& scribe,
            net::Outlet& sockets);
  // Whom messages are for. To be called before anything is sent or received.
  void serve(net::Engine& engine) { engine_ = &engine; }

  void send(core::Member to, const core::Message& message, std::string_view written) override;
  void flush() override { sockets_.flush(); }
  void close() override { sockets_.close(); }
  void receive(core::Message message, std::string_view written) override;
  void link_down(core::Member peer) override;

  // Something is new in the journal.
  void look();

 private:
  // Travels, by the scenario. Of equal times the first that set out arrives first.
  struct Travelling {
    core::Instant at;  // of the run
    std::uint64_t order = 0;
    std::variant<core::Message, net::LinkDown> what;
    friend bool operator>(const Travelling& a, const Travelling& b) {
      return a.at != b.at ? a.at > b.at : a.order > b.order;
    }
  };
  void travel(core::Instant at, std::variant<core::Message, net::LinkDown> what);
  void arrive();
  void hand_over(const Travelling& arrived);
  void wait();
  [[nodiscard]] bool open(core::Link link) { return surroundings_.network().open(link.from, link.to); }

  core::Member self_;
  Surroundings& surroundings_;
  Scribe& scribe_;
  net::Outlet& sockets_;
  net::Engine* engine_ = nullptr;
  boost::asio::steady_timer alarm_;
  std::priority_queue<Travelling, std::vector<Travelling>, std::greater<>> under_way_;
  std::uint64_t order_ = 0;
};

}  // namespace tools
