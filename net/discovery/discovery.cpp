#include "net/discovery/discovery.hpp"

#include <chrono>

#include "net/discovery/line_call.hpp"
#include "net/runtime/clock.hpp"

namespace net {
namespace {

using asio::ip::udp;

constexpr core::Duration kSoon = core::Duration::ms(100);
constexpr std::size_t kMostKept = 1'000;

std::chrono::steady_clock::time_point time_point(core::Instant at) {
  return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(at.ns));
}

asio::ip::address_v4 v4_of(const std::string& host) {
  const auto address = asio::ip::make_address(host);
  return address.is_v4() ? address.to_v4() : asio::ip::address_v4::any();
}

}  // namespace

Discovery::Discovery(asio::io_context& io, Ways ways, const Address& here, std::string group, Ear ear)
    : io_{io}, ways_{std::move(ways)}, here_{here}, group_{std::move(group)}, ear_{std::move(ear)}, alarm_{io} {
  const auto host = v4_of(here_.host);
  const auto heard = [this](std::string_view bytes, const std::string& from) { take(sighting_in(bytes), from); };
  if (ways_.multicast) air_.emplace_back(io, host, udp::endpoint(ways_.multicast_group, ways_.multicast_port), heard);
  if (ways_.beacon) air_.emplace_back(io, host, udp::endpoint(broadcast_of(host), ways_.beacon_port), heard);
  again({});
}

void Discovery::changed() {
  again(std::max(core::Duration{}, told_ + kSoon - machine_time()));
}

void Discovery::again(core::Duration in) {
  alarm_.expires_at(time_point(machine_time() + in));
  alarm_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
    if (error || alive.expired()) return;
    announce();
    again(ways_.interval);
  });
}

void Discovery::announce() {
  told_ = machine_time();
  const std::string line = written(ear_.self());
  if (line.size() <= Sighting::kMostBytes)
    for (Airwave& way : air_) way.say(line);
  ask_seeds(line);
}

void Discovery::ask_seeds(const std::string& line) {
  for (const auto& seed : ways_.seeds) {
    if (seed == here_.tcp()) continue;
    const std::string from = seed.address().to_string() + ":" + std::to_string(seed.port());
    LineCall::begin(io_, seed, line, [this, alive = std::weak_ptr(alive_), from](const LineCall::Answer& answer) {
      if (!alive.expired() && answer.error.empty()) take_all(answer.line, from);
    });
  }
}

void Discovery::take_all(const std::string& answer, const std::string& from) {
  const Json json = Json::parse(answer, nullptr, false);
  if (!json.is_object() || json.value("type", Json()) != "SIGHTINGS" || !json.contains("heard")) return;
  for (const Json& one : json["heard"]) take(sighting_of(one), from);
}

void Discovery::take(std::variant<Sighting, Unrelated, std::string> read, const std::string& from) {
  if (const auto* wrong = std::get_if<std::string>(&read)) return ear_.say(from + ": " + *wrong);
  const auto* sighting = std::get_if<Sighting>(&read);
  if (sighting == nullptr || sighting->group != group_ || sighting->node.at == here_) return;
  const core::Instant now = machine_time();
  std::erase_if(kept_, [&](const auto& one) { return now - one.second.at > ways_.patience(); });
  const std::uint64_t old = static_cast<std::uint64_t>(ways_.patience().ns / 1'000'000);
  const core::Instant at = now - core::Duration::ms(static_cast<std::int64_t>(std::min(sighting->age_ms, old)));
  const auto known = kept_.find(sighting->node.who.id);
  if (known == kept_.end()) changed();  // it has not heard of this one yet
  if (known == kept_.end() ? kept_.size() < kMostKept : known->second.at <= at)
    kept_.insert_or_assign(sighting->node.who.id, Kept{*sighting, at});
  ear_.heard(*sighting);
}

std::string Discovery::answer(const Json& call) {
  take(sighting_of(call), "a caller");
  Json heard = Json::array({Json::parse(written(ear_.self()))});
  const core::Instant now = machine_time();
  for (const auto& [id, kept] : kept_) {
    if (now - kept.at > ways_.patience()) continue;
    Json one = Json::parse(written(kept.sighting));
    one["age_ms"] = (now - kept.at).ns / 1'000'000;
    heard.push_back(std::move(one));
  }
  return Json{{"type", "SIGHTINGS"}, {"heard", heard}}.dump();
}

}  // namespace net
