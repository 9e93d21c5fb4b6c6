#include "tools/live/link_layer.hpp"

#include <chrono>
#include <utility>

namespace tools {

using sim::Fate;

LinkLayer::LinkLayer(boost::asio::io_context& io, core::Member self, Surroundings& surroundings, Scribe& scribe,
                     net::Outlet& sockets)
    : self_{self}, surroundings_{surroundings}, scribe_{scribe}, sockets_{sockets}, alarm_{io} {}

void LinkLayer::look() {
  if (surroundings_.look()) engine_->clock_changed();
}

void LinkLayer::send(core::Member to, const core::Message& message, std::string_view written) {
  look();
  scribe_.sent(message, to, engine_->node().epoch());
  if (open({self_, to})) return sockets_.send(to, message, written);
  scribe_.dropped(message, {self_, to}, "closed");
}

void LinkLayer::receive(core::Message message, std::string_view) {
  look();
  const core::Instant now = surroundings_.run_time();
  const Fate fate = surroundings_.network().send(now, message.from, self_, size_of(message), message.type());
  if (fate.kind != Fate::Kind::arrives)
    return scribe_.dropped(message, {message.from, self_}, fate.kind == Fate::Kind::lost ? "lost" : "closed");
  travel(fate.at, message);
  if (fate.copy != core::Instant::never()) travel(fate.copy, std::move(message));
  arrive();
}

void LinkLayer::link_down(core::Member peer) {
  look();
  if (!open({peer, self_})) return;
  travel(surroundings_.network().latency_from(surroundings_.run_time(), peer, self_), net::LinkDown{peer});
  arrive();
}

void LinkLayer::travel(core::Instant at, std::variant<core::Message, net::LinkDown> what) {
  under_way_.push({at, ++order_, std::move(what)});
}

void LinkLayer::arrive() {
  while (!under_way_.empty() && under_way_.top().at <= surroundings_.run_time()) {
    const Travelling next = under_way_.top();
    under_way_.pop();
    hand_over(next);
  }
  wait();
}

void LinkLayer::hand_over(const Travelling& arrived) {
  if (const auto* broken = std::get_if<net::LinkDown>(&arrived.what)) {
    if (open({broken->peer, self_})) engine_->link_down(broken->peer);
    return;
  }
  const auto& message = std::get<core::Message>(arrived.what);
  if (!open({message.from, self_})) return scribe_.dropped(message, {message.from, self_}, "closed");
  scribe_.received(message);
  engine_->receive(message, {});
}

void LinkLayer::wait() {
  if (under_way_.empty()) return;
  alarm_.expires_at(surroundings_.machine_time_of(under_way_.top().at));
  alarm_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    look();
    arrive();
  });
}

}  // namespace tools
