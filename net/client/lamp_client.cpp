#include "net/client/lamp_client.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <istream>
#include <utility>

#include "core/city/names.hpp"
#include "net/discovery/json_fields.hpp"
#include "net/gateway/lamps.hpp"
#include "net/runtime/clock.hpp"

namespace net {

using boost::system::error_code;

namespace {

constexpr std::size_t kMostBytes = 64 << 10;  // of a line
constexpr auto kRetry = std::chrono::milliseconds(500);

}  // namespace

LampClient::LampClient(asio::io_context& io, Finder& finder, core::LampName name, const core::LightsPlan& plan,
                       News news)
    : io_{io},
      finder_{finder},
      plan_{plan},
      lamp_{name, static_cast<std::uint64_t>(machine_time().ns)},
      news_{std::move(news)},
      socket_{io},
      retry_{io},
      change_{io},
      heard_{kMostBytes} {}

// A handler that does nothing when the client, or the connection that it was made for, is gone.
auto LampClient::mine(auto then) {
  return [this, then = std::move(then), connection = connection_, here = std::weak_ptr(here_)](const auto&... result) {
    if (!here.expired() && connection == connection_) then(result...);
  };
}

void LampClient::dial(const std::optional<asio::ip::tcp::endpoint>& to) {
  close();
  if (!to) return begin_again("no node is known");
  socket_.async_connect(*to, mine([this](error_code error) {
    if (error) return begin_again(error.message());
    socket_.set_option(asio::ip::tcp::no_delay(true), error);
    report();
    listen();
  }));
}

void LampClient::listen() {
  asio::async_read_until(socket_, heard_, '\n', mine([this](error_code error, std::size_t) {
                           if (error) return begin_again(error.message());
                           std::istream heard(&heard_);
                           std::string line;
                           std::getline(heard, line);
                           const std::uint64_t connection = connection_;
                           hear(line);
                           if (connection == connection_) listen();
                         }));
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

// It hangs elsewhere, or nowhere.
void LampClient::hear_error(const Json& said) {
  const Json keeper = said.value("keeper", Json{});
  if (!keeper.is_object()) {
    news_({{"event", "unknown"}, {"why", said.value("reason", Json{})}});
    return begin_again("");
  }
  const Json host = keeper.value("host", Json{}), port = keeper.value("tcp_port", Json{});
  error_code error;
  const auto address = asio::ip::make_address(host.is_string() ? host.get<std::string>() : "", error);
  if (error || !port.is_number_unsigned() || port.get<std::uint64_t>() > 65'535) return begin_again("no keeper");
  dial(asio::ip::tcp::endpoint{address, port.get<std::uint16_t>()});
}

void LampClient::report() {
  lines_.push_back(to_json(lamp_.report(machine_time()), plan_).dump() + "\n");
  if (lines_.size() == 1) write();
}

void LampClient::write() {
  asio::async_write(socket_, asio::buffer(lines_.front()), mine([this](error_code error, std::size_t) {
                      if (error) return begin_again(error.message());
                      lines_.pop_front();
                      if (!lines_.empty()) write();
                    }));
}

void LampClient::begin_again(const std::string& why) {
  if (std::exchange(connected_, false)) news_({{"event", "disconnected"}, {"why", why}});
  close();
  retry_.expires_after(kRetry);
  retry_.async_wait(mine([this](error_code error) {
    if (!error) start();
  }));
}

void LampClient::close() {
  ++connection_;
  error_code ignored;
  socket_.close(ignored);
  socket_ = asio::ip::tcp::socket(io_);
  heard_.consume(heard_.size());
  lines_.clear();
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
