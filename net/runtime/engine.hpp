// One node in real time. Inputs that are ready together are taken together: one write to the disk for all of them, then
// what they send, one system call for each receiver. So what a message promises is always on the disk before it leaves.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "core/node/node.hpp"
#include "net/mesh/inbox.hpp"
#include "net/runtime/clock.hpp"
#include "net/runtime/lamp_outlet.hpp"
#include "net/runtime/outlet.hpp"
#include "net/runtime/tap.hpp"
#include "net/store/keep.hpp"
#include "net/wire/dialect.hpp"

namespace net {

namespace asio = boost::asio;

class Engine final : public Inbox {
 public:
  struct Setting {
    const core::Config& config;  // sealed; outlives the engine
    core::Member self;
    std::string group;
    Form form = Form::binary;
    core::Rng rng{};
    std::uint64_t first_number = 0;  // of its messages
  };
  // What the node is connected to; all outlive the engine.
  struct Gear {
    Outlet& outlet;
    core::RecordSink& facts;  // told everything that happens in the node when it does; it stamps the records
    const Clock& clock;
    Keep* store = nullptr;        // none: nothing is to survive
    Tap* tap = nullptr;           // none: nobody listens
    LampOutlet* lamps = nullptr;  // none: no lamp hangs here
  };

  Engine(asio::io_context& io, const Setting& setting, core::Durable durable, const Gear& gear);

  // Start comes once and first; what comes from the network before is lost. Returns what net::give does.
  // `written`: as Tap::input() has it.
  core::EventId take(const Input& input, std::string_view written = {});
  // Nothing is heard or said any more.
  void stop();
  // The clock goes at another rate now.
  void clock_changed() { sleep(); }

  void receive(core::Message message, std::string_view written) override {
    if (started_) take(std::move(message), written);
  }
  void link_down(core::Member peer) override {
    if (started_) take(LinkDown{peer});
  }

  [[nodiscard]] const core::Node& node() const { return node_; }
  [[nodiscard]] bool stopped() const { return stopped_; }

 private:
  void soon();
  void carry_out();
  void release();
  void note(core::Record fact);
  void note(const core::LampOrder& order);
  void command();
  void send(const core::Effect& effect);
  void sleep();

  asio::io_context& io_;
  Dialect dialect_;
  Form form_;
  Gear gear_;
  core::Node node_;
  core::Effects effects_;  // wanted since carry_out() was last called
  core::Effects leaving_;  // being carried out
  asio::steady_timer alarm_;
  std::uint64_t number_;                   // of its next message
  std::uint32_t written_of_ = UINT32_MAX;  // which message `written_` is
  std::string written_;
  std::size_t orders_ = 0;  // to lamps, of those leaving
  bool due_ = false, started_ = false, stopped_ = false;
  std::shared_ptr<char> here_ = std::make_shared<char>();  // what was begun ends quietly when this is gone
};

}  // namespace net
