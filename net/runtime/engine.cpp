#include "net/runtime/engine.hpp"

#include <boost/asio/post.hpp>
#include <chrono>

namespace net {
namespace {

using boost::system::error_code;
using std::chrono::steady_clock;

std::vector<asio::ip::udp::endpoint> datagram_addresses(const Addresses& addresses) {
  std::vector<asio::ip::udp::endpoint> same;
  for (const auto& address : addresses) same.emplace_back(address.address(), address.port());
  return same;
}

}  // namespace

Engine::Engine(asio::io_context& io, const Setting& setting, core::Durable durable, Store* store,
               core::RecordSink& facts, std::function<void(const std::string&)> complain)
    : io_{io},
      dialect_{setting.config, setting.group},
      store_{store},
      facts_{facts},
      node_{setting.config, setting.self, std::move(durable), setting.rng},
      alarm_{io},
      mesh_{io, dialect_, setting.self, setting.addresses, setting.form, *this, complain},
      datagrams_{io, dialect_, setting.self, datagram_addresses(setting.addresses), setting.form, *this, complain} {}

core::Instant Engine::now() {
  return {std::chrono::nanoseconds(steady_clock::now().time_since_epoch()).count()};
}

void Engine::start() {
  node_.start(now(), effects_);
  soon();
}

core::EventId Engine::submit(const core::Submission& submission) {
  const core::EventId id = node_.submit(now(), submission, effects_);
  soon();
  return id;
}

void Engine::leave() {
  node_.leave(now(), effects_);
  soon();
}

void Engine::stop() {
  stopped_ = true;
  alarm_.cancel();
  mesh_.close();
  datagrams_.close();
}

void Engine::receive(core::Message message) {
  if (stopped_) return;
  node_.receive(now(), message, effects_);
  soon();
}

void Engine::link_down(core::Member peer) {
  if (stopped_) return;
  node_.link_down(now(), peer, effects_);
  soon();
}

// After whatever else is ready now.
void Engine::soon() {
  if (std::exchange(due_, true)) return;
  asio::post(io_, [this, here = std::weak_ptr(here_)] {
    if (!here.expired() && !stopped_) carry_out();
  });
}

void Engine::carry_out() {
  due_ = false;
  leaving_.clear();
  std::swap(leaving_, effects_);  // who is told a fact may submit something
  if (store_ != nullptr) store_->write(leaving_.persists());
  written_of_ = UINT32_MAX;
  for (const core::Effect& effect : leaving_.list()) {
    if (effect.kind == core::Effect::Kind::send) send(effect);
    if (effect.kind != core::Effect::Kind::fact) continue;
    core::Record fact = leaving_.facts()[effect.index];
    fact.at = now();
    facts_.on(fact);
    if (fact.kind == core::Kind::crash) {
      mesh_.flush();
      return stop();
    }
  }
  mesh_.flush();
  sleep();
}

void Engine::send(const core::Effect& effect) {
  const core::Message& message = leaving_.messages()[effect.index];
  if (written_of_ != effect.index) written_ = dialect_.write(message, mesh_.form());
  written_of_ = effect.index;
  if (message.type() == core::MessageType::heartbeat)
    datagrams_.send(effect.to, written_);
  else
    mesh_.send(effect.to, written_);
}

void Engine::sleep() {
  const core::Instant due = node_.next_wake();
  if (due == core::Instant::never()) return;
  alarm_.expires_at(steady_clock::time_point(std::chrono::nanoseconds(due.ns)));
  alarm_.async_wait([this, here = std::weak_ptr(here_)](error_code error) {
    if (error || here.expired() || stopped_) return;
    node_.wake(now(), effects_);
    soon();
  });
}

}  // namespace net
