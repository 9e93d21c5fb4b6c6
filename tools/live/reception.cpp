#include "tools/live/reception.hpp"

#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

#include "net/discovery/resident.hpp"

namespace tools {

Reception::Reception(boost::asio::io_context& io, const core::Config& config, core::Member self,
                     const net::Addresses& addresses, core::RecordSink& facts)
    : io_{io}, config_{config}, self_{self}, addresses_{addresses}, facts_{facts}, alarm_{io} {}

bool Reception::hear(std::string_view line, const std::shared_ptr<net::Caller>& caller) {
  if (!config_.city.dispatch.on || !gateway_.hear(net::machine_time(), line, caller)) return false;
  soon();
  return true;
}

void Reception::on(const core::Record& fact) {
  facts_.on(fact);
  if (!config_.city.dispatch.on) return;
  gateway_.on(fact);
  soon();
}

// After the facts of the same turn.
void Reception::soon() {
  if (std::exchange(due_, true)) return;
  boost::asio::post(io_, [this] { rouse(); });
}

void Reception::rouse() {
  due_ = false;
  const core::Instant next = gateway_.wake(net::machine_time());
  if (next >= core::Instant::never()) return;
  alarm_.expires_at(std::chrono::steady_clock::time_point(std::chrono::nanoseconds(next.ns)));
  alarm_.async_wait([this](boost::system::error_code error) {
    if (!error) rouse();
  });
}

const core::Dispatch* Reception::dispatch() const {
  const core::CityState* const city = engine_->node().city();
  return city == nullptr ? nullptr : &city->dispatch;
}

// They are decided in the order of their numbers.
bool Reception::decided(core::EventId own) const {
  const auto& pending = engine_->node().outbox().pending();
  return pending.empty() || own.number < pending.front()->id.number;
}

std::vector<net::Server> Reception::servers() const {
  std::vector<net::Server> servers;
  const auto add = [&](core::Member member) {
    const auto& at = addresses_[member];
    servers.push_back({member, net::text_of(config_.members[member].id), at.address().to_string(), at.port()});
  };
  add(self_);
  for (std::size_t i = 0; i < config_.size(); ++i)
    if (const auto member = static_cast<core::Member>(i); member != self_ && engine_->node().hears(member)) add(member);
  return servers;
}

}  // namespace tools
