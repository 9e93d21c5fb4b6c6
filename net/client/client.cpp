#include "net/client/client.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "net/runtime/clock.hpp"

namespace net {

using boost::system::error_code;

namespace {

std::chrono::nanoseconds until(core::Instant when) {
  return std::chrono::nanoseconds(std::max<std::int64_t>((when - machine_time()).ns, 0));
}

}  // namespace

Client::Client(asio::io_context& io, const Setting& setting, Finder& finder, Role& role, News news)
    : setting_{setting},
      finder_{finder},
      role_{role},
      news_{std::move(news)},
      link_{io,
            {.opened = [this] { say({stage_ == Stage::asking ? "request_server_assignment" : "register"}); },
             .heard = [this](const std::string& line) { hear(line); },
             .broke = [this](const std::string& why) { begin_again(why); }}},
      retry_{io},
      due_{io} {}

void Client::ask() {
  const auto whom = finder_.whom_to_ask();
  if (!whom) return begin_again("no server is known");
  dial(*whom, Stage::asking);
}

void Client::dial(const asio::ip::tcp::endpoint& to, Stage stage) {
  stage_ = stage;
  server_ = to;
  asked_ = machine_time();
  link_.dial(to);
  tend();
}

void Client::hear(const std::string& line) {
  const Json said = Json::parse(line, nullptr, false);
  if (!said.is_object()) return begin_again("the server speaks no JSON");
  const Json status = said.value("status", Json{});
  const Json payload = said.value("payload", Json::object());
  if (!status.is_string() || !payload.is_object()) return begin_again("the server speaks another language");
  if (stage_ == Stage::asking) return status == "assign_server" ? hear_assignment(payload) : void();
  if (stage_ == Stage::registering) {
    if (status != "ack_register") return;
    stage_ = Stage::home;
    failures_ = 0;
    next_beat_ = machine_time() + setting_.heartbeat;
    news_(role_,
          {{"event", "connected"}, {"server", server_.address().to_string() + ":" + std::to_string(server_.port())}});
    role_.registered(machine_time());
  }
  role_.hear(machine_time(), status.get<std::string>(), payload);
  tend();
}

void Client::hear_assignment(const Json& payload) {
  const Json host = payload.value("host", Json{}), port = payload.value("port", Json{});
  error_code error;
  const auto address = asio::ip::make_address(host.is_string() ? host.get<std::string>() : "", error);
  if (error || !port.is_number_unsigned() || port.get<std::uint64_t>() > 65'535)
    return begin_again("no server was assigned");
  dial({address, port.get<std::uint16_t>()}, Stage::registering);
}

void Client::begin_again(const std::string& why) {
  if (stage_ == Stage::home) news_(role_, {{"event", "disconnected"}, {"why", why}});
  link_.close();
  due_.cancel();
  stage_ = Stage::asking;
  const core::Duration wait = setting_.retry * (1 << std::min(failures_++, 3));
  retry_.expires_after(std::chrono::nanoseconds(wait.ns));
  retry_.async_wait([this, here = std::weak_ptr(here_)](error_code error) {
    if (!error && !here.expired()) ask();
  });
}

void Client::say(const Words& words) {
  const Json line{
      {"client_id", role_.id()}, {"client_type", role_.type()}, {"status", words.status}, {"payload", words.payload}};
  link_.say(line.dump());
}

void Client::typed(const std::string& line) {
  role_.typed(machine_time(), line);
  tend();
}

// What is due is done, what the role wants said is said; then it sleeps until there is more.
void Client::tend() {
  const core::Instant now = machine_time();
  core::Instant next = asked_ + setting_.patience;
  if (stage_ == Stage::home) {
    next = role_.wake(now);
    if (now >= next_beat_) {
      say({"heartbeat"});
      role_.beat();
      next_beat_ = now + setting_.heartbeat;
    }
    next = std::min(next, next_beat_);
    for (const Words& words : role_.take_words()) say(words);
    if (role_.waits_since() != core::Instant::never()) next = std::min(next, role_.waits_since() + setting_.patience);
    if (now >= role_.waits_since() + setting_.patience) return report(), begin_again("no acknowledgement");
  } else {
    role_.take_words();  // all that counts is said again at home
    if (now >= next) return begin_again("no answer");
  }
  report();
  due_.expires_after(until(next));
  due_.async_wait([this, here = std::weak_ptr(here_)](error_code error) {
    if (!error && !here.expired()) tend();
  });
}

void Client::report() {
  for (Json& news : role_.take_news()) news_(role_, std::move(news));
}

}  // namespace net
