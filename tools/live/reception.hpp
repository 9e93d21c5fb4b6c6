// Where a node of a live run receives clients of emergency dispatch: at its own port, as any member does. Hears all
// facts of the node, of which it passes each on first.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "net/gateway/gateway.hpp"
#include "net/mesh/visitors.hpp"
#include "net/runtime/engine.hpp"
#include "net/runtime/sockets.hpp"

namespace tools {

class Reception final : public net::Visitors, public net::CityNode, public core::RecordSink {
 public:
  // REQUIRES: all outlive the io_context's run.
  Reception(boost::asio::io_context& io, const core::Config& config, core::Member self, const net::Addresses& addresses,
            core::RecordSink& facts);
  // Whose clients they are. To be called before anybody is heard.
  void serve(net::Engine& engine) { engine_ = &engine; }

  bool hear(std::string_view line, const std::shared_ptr<net::Caller>& caller) override;
  void on(const core::Record& fact) override;

 private:
  // What the gateway asks for.
  [[nodiscard]] const core::Dispatch* dispatch() const override;
  [[nodiscard]] core::Member self() const override { return self_; }
  core::EventId submit(const core::Submission& event) override { return engine_->take(event); }
  [[nodiscard]] bool decided(core::EventId own) const override;
  [[nodiscard]] core::Duration give_back() const override { return config_.city.dispatch.give_back; }
  [[nodiscard]] std::vector<net::Server> servers() const override;
  [[nodiscard]] core::Member leader() const override { return engine_->node().leader(); }

  void soon();
  void rouse();

  boost::asio::io_context& io_;
  const core::Config& config_;
  core::Member self_;
  const net::Addresses& addresses_;
  core::RecordSink& facts_;
  net::Engine* engine_ = nullptr;
  net::Gateway gateway_{*this, [](const std::string&) {}};
  boost::asio::steady_timer alarm_;
  bool due_ = false;
};

}  // namespace tools
