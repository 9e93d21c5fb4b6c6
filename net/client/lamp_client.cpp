#include "net/client/lamp_client.hpp"

#include <chrono>
#include <utility>

#include "core/city/names.hpp"
#include "net/discovery/json_fields.hpp"
#include "net/gateway/lamps.hpp"
#include "net/runtime/clock.hpp"

namespace net {

using boost::system::error_code;

namespace {

constexpr auto kRetry = std::chrono::milliseconds(500);

}  // namespace

LampClient::LampClient(asio::io_context& io, Finder& finder, core::LampName name, const core::LightsPlan& plan,
                       News news)
    : finder_{finder},
      plan_{plan},
      lamp_{name, static_cast<std::uint64_t>(machine_time().ns)},
      news_{std::move(news)},
      link_{io,
            {.opened = [this] { report(); },
             .heard = [this](const std::string& line) { hear(line); },
             .broke = [this](const std::string& why) { begin_again(why); }}},
      retry_{io},
      change_{io} {}

void LampClient::start() {
  if (const auto whom = finder_.whom_to_ask())
    link_.dial(*whom);
  else
    begin_again("no node is known");
}

void LampClient::hear(const std::string& line) {
  const Json said = Json::parse(line, nullptr, false);
  if (!said.is_object()) return begin_again("the node speaks no JSON");
  if (said.value("type", Json{}) == "ERROR") return hear_error(said);
  if (said.value("type", Json{}) != "LAMP_ORDER") return;
  if (!std::exchange(connected_, true)) news_({{"event", "connected"}});
  try {
    if (lamp_.obey(machine_time(), lamp_order_in(said, plan_))) changed();
  } catch (const BadValue& wrong) {
    return begin_again(wrong.what());
  }
  report();
  sleep();
}

// It hangs elsewhere, or nowhere; or the node takes part in no group yet.
void LampClient::hear_error(const Json& said) {
  if (!said.contains("keeper")) return begin_again(said.value("reason", ""));
  const Json keeper = said.value("keeper", Json{});
  if (!keeper.is_object()) {
    news_({{"event", "unknown"}, {"why", said.value("reason", Json{})}});
    return begin_again("");
  }
  const Json host = keeper.value("host", Json{}), port = keeper.value("tcp_port", Json{});
  error_code error;
  const auto address = asio::ip::make_address(host.is_string() ? host.get<std::string>() : "", error);
  if (error || !port.is_number_unsigned() || port.get<std::uint64_t>() > 65'535) return begin_again("no keeper");
  link_.dial({address, port.get<std::uint16_t>()});
}

void LampClient::report() {
  link_.say(to_json(lamp_.report(machine_time()), plan_).dump());
}

void LampClient::begin_again(const std::string& why) {
  if (std::exchange(connected_, false)) news_({{"event", "disconnected"}, {"why", why}});
  link_.close();
  retry_.expires_after(kRetry);
  retry_.async_wait([this, here = std::weak_ptr(here_)](error_code error) {
    if (!error && !here.expired()) start();
  });
}

void LampClient::changed() {
  news_({{"event", "colour"}, {"colour", core::name_of(lamp_.colour())}});
}

// The lamp's own life goes on without any connection.
void LampClient::sleep() {
  change_.cancel();
  if (lamp_.next_change() == core::Instant::never()) return;
  change_.expires_after(std::chrono::nanoseconds((lamp_.next_change() - machine_time()).ns));
  change_.async_wait([this, here = std::weak_ptr(here_)](error_code error) {
    if (error || here.expired()) return;
    if (lamp_.wake(machine_time())) {
      changed();
      if (connected_ && lamp_.colour() == core::Colour::red) report();
    }
    sleep();
  });
}

}  // namespace net
