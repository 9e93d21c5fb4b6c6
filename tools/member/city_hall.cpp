#include "tools/member/city_hall.hpp"

#include <boost/asio/post.hpp>
#include <chrono>

#include "tools/member/addresses.hpp"

namespace tools {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

std::chrono::steady_clock::time_point time_point(core::Instant at) {
  return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(at.ns));
}

// As the originals write it: seconds since 1970. Nothing is decided by it.
double wall_clock() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

CityHall::CityHall(asio::io_context& io, Life& life, const net::Roster& roster, const NodeOptions& options,
                   net::Office& office, net::Desk& desk, net::Lamps& lamps, Folder::Say say)
    : io_{io},
      life_{life},
      roster_{roster},
      options_{options},
      office_{office},
      desk_{desk},
      lamps_{lamps},
      say_{std::move(say)},
      gateway_{*this, say_},
      alarm_{io},
      beacon_alarm_{io},
      lights_alarm_{io} {
  lamps_.follow(life.config.city.lights);
  if (life.config.city.dispatch.on) open_ways();
}

void CityHall::open_ways() {
  const auto host = asio::ip::make_address(options_.host);
  try {
    if (options_.registry_port != 0)
      registry_.emplace(io_, asio::ip::tcp::endpoint(host, options_.registry_port),
                        [this](std::string_view asked) { return gateway_.servers().registry(asked, wall_clock()); });
  } catch (const boost::system::system_error& error) {
    say_("clients that ask the registry's port, " + std::to_string(options_.registry_port) +
         ", are not answered: " + error.code().message() + "; choose another --registry-port, or 0 for none");
  }
  if (!options_.ways.beacon || !host.is_v4()) return;
  const asio::ip::udp::endpoint to(net::broadcast_of(host.to_v4()), options_.ways.beacon_port);
  air_.emplace(io_, host.to_v4(), to,
               [this](std::string_view bytes, const std::string&) { gateway_.servers().hear(bytes); });
  beacon();
}

void CityHall::beacon() {
  if (closed_) return;
  gateway_.servers().count(gateway_.clients());
  air_->say(gateway_.servers().beacon(wall_clock()));
  beacon_alarm_.expires_after(std::chrono::nanoseconds(options_.ways.interval.ns));
  beacon_alarm_.async_wait([this, here = std::weak_ptr(here_)](error_code error) {
    if (!error && !here.expired()) beacon();
  });
}

void CityHall::begin() {
  if (!options_.original_lights) return;
  const net::Resident& self = roster_.residents()[life_.self];
  original_lights_.emplace(net::OriginalLights::Self{self.who.id.low, self.who.name, self.at.udp_port},
                           life_.config.city.lights, static_cast<net::Voice&>(*this));
  const auto hear = [this](std::string_view bytes, const asio::ip::udp::endpoint& from) {
    return original_lights_->hear(net::machine_time(), bytes, from, lights_group());
  };
  const net::Ways ways = ways_of(options_.ways);
  lights_air_.emplace(io_, asio::ip::make_address_v4(options_.host),
                      asio::ip::udp::endpoint(ways.multicast_group, ways.multicast_port),
                      [hear](std::string_view bytes, const std::string& from) {
                        const auto at = endpoint_of("datagram", from);
                        hear(bytes, {at.address(), at.port()});
                      });
  life_.sockets.listen_for(hear);
  wake_lights();
}

net::OriginalLights::Group CityHall::lights_group() const {
  net::OriginalLights::Group group{.leads = leader() == life_.self, .leader = {}, .members = {}};
  for (std::size_t i = 0; i < roster_.residents().size(); ++i) {
    const net::Identity& who = roster_.residents()[i].who;
    group.members[who.id.low] = who.name;
    if (leader() == i) group.leader = who.id.low;
  }
  return group;
}

void CityHall::wake_lights() {
  if (closed_) return;
  lights_alarm_.expires_at(time_point(original_lights_->wake(net::machine_time(), lights_group())));
  lights_alarm_.async_wait([this, here = std::weak_ptr(here_)](error_code error) {
    if (!error && !here.expired()) wake_lights();
  });
}

bool CityHall::hear(std::string_view line, const std::shared_ptr<net::Caller>& caller) {
  const core::Instant now = net::machine_time();
  if (!closed_ && life_.config.city.dispatch.on && gateway_.hear(now, line, caller)) return soon(), true;
  const auto report = [this](const core::LampReport& said) { life_.engine.take(said); };
  const auto address = [this](core::Member member) { return address_of(member); };
  return lamps_.hear(now, line, caller, life_.config, life_.self, report, address) || desk_.hear(line, caller);
}

void CityHall::on(const core::Record& fact) {
  if (closed_ || !life_.config.city.dispatch.on) return;
  gateway_.on(fact);
  soon();
}

void CityHall::close() {
  closed_ = true;
  gateway_.close();
}

// After the facts of the same turn.
void CityHall::soon() {
  if (std::exchange(due_, true)) return;
  asio::post(io_, [this, here = std::weak_ptr(here_)] {
    if (!here.expired()) rouse();
  });
}

void CityHall::rouse() {
  due_ = false;
  if (closed_) return;
  const core::Instant next = gateway_.wake(net::machine_time());
  if (next >= core::Instant::never()) return;
  alarm_.expires_at(time_point(next));
  alarm_.async_wait([this, here = std::weak_ptr(here_)](error_code error) {
    if (!error && !here.expired()) rouse();
  });
}

const core::Dispatch* CityHall::dispatch() const {
  const core::CityState* const city = life_.engine.node().city();
  return city == nullptr ? nullptr : &city->dispatch;
}

std::vector<net::Server> CityHall::servers() const {
  std::vector<net::Server> servers;
  const auto add = [&](core::Member member) {
    const net::Resident& one = roster_.residents()[member];
    servers.push_back({member, net::text_of(one.who.id), one.at.host, one.at.tcp_port});
  };
  add(life_.self);
  for (std::size_t i = 0; i < roster_.residents().size(); ++i) {
    const auto member = static_cast<core::Member>(i);
    if (member != life_.self && life_.engine.node().hears(member) && !roster_.residents()[i].at.host.empty())
      add(member);
  }
  return servers;
}

net::Json CityHall::address_of(core::Member member) const {
  if (member >= roster_.residents().size()) return nullptr;
  const net::Address& at = roster_.residents()[member].at;
  return {{"host", at.host}, {"tcp_port", at.tcp_port}};
}

}  // namespace tools
