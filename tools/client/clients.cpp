#include "tools/client/clients.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/asio/read_until.hpp>
#include <chrono>
#include <csignal>
#include <iostream>
#include <istream>

#include "net/runtime/clock.hpp"
#include "tools/client/servers.hpp"

namespace tools {

using boost::system::error_code;

namespace {

constexpr auto kTick = std::chrono::milliseconds(100);

// The share of one car in what a fleet reports: one after the other, evenly.
void take_turns(net::Manner& manner, std::uint64_t turn, std::uint64_t fleet) {
  const auto whole = static_cast<std::int64_t>(turn), parts = static_cast<std::int64_t>(fleet);
  manner.first_crash = core::Duration{manner.crash_every.ns / parts * whole};
  if (manner.crashes != UINT64_MAX) manner.crashes = manner.crashes / fleet + (turn < manner.crashes % fleet ? 1 : 0);
}

net::Manner manner_of(const ClientOptions& options, std::uint64_t number) {
  net::Manner manner;
  manner.at = options.at;
  manner.crash_every = options.crash_every;
  manner.first_crash = options.first_crash;
  manner.crashes = options.crashes;
  if (number > 0) take_turns(manner, number - 1, options.fleet);
  manner.leg = options.leg.value_or(manner.leg);
  manner.handover = options.handover.value_or(manner.handover);
  manner.by_hand = options.by_hand;
  manner.beds = options.beds;
  manner.stay = options.stay;
  manner.rng = core::Rng::stream(options.seed, core::Purpose::workload, {number});
  return manner;
}

// "acknowledged: number 3".
std::string in_words(const net::Json& news) {
  std::string words = news["event"];
  std::replace(words.begin(), words.end(), '_', ' ');
  const char* between = ": ";
  for (const auto& [key, value] : news.items()) {
    if (key == "event" || value.is_null()) continue;
    words += between + key + " " + (value.is_string() ? value.get<std::string>() : value.dump());
    between = ", ";
  }
  return words;
}

}  // namespace

Clients::Clients(const ClientOptions& options)
    : options_{options},
      finder_{servers_of(options)},
      signals_{io_, SIGINT, SIGTERM},
      tick_{io_},
      keys_{io_},
      begun_{net::machine_time()} {
  listen_for_servers(finder_, io_, options_);
  const std::string id = options.id.empty() ? options.type + "-" + std::to_string(getpid()) : options.id;
  if (options.fleet == 0) add(id, 0);
  for (std::uint32_t i = 1; i <= options.fleet; ++i)
    add((options.id.empty() ? options.type : options.id) + std::to_string(i), i);
}

void Clients::add(const std::string& id, std::uint64_t number) {
  net::Client::Setting setting;
  setting.heartbeat = options_.heartbeat_interval;
  roles_.push_back(net::role_of(options_.type, id, manner_of(options_, number)));
  clients_.push_back(
      std::make_unique<net::Client>(io_, setting, finder_, *roles_.back(),
                                    [this](const net::Role& role, net::Json news) { tell(role, std::move(news)); }));
}

ExitCode Clients::run() {
  hear_stop();
  if (options_.fleet == 0) {
    keys_.assign(dup(STDIN_FILENO));
    hear_keys();
    if (isatty(STDIN_FILENO) != 0) std::cerr << roles_.front()->keys() << "; each with Enter\n";
  }
  for (const auto& client : clients_) client->start();
  watch();
  io_.run();
  if (options_.json)
    std::cout << net::Json{{"event", "end"}, {"clients", clients_.size()}, {"counts", counts_}}.dump() << std::endl;
  return code_;
}

// What is typed before it is at a server counts there.
void Clients::hear_keys() {
  boost::asio::async_read_until(keys_, typed_, '\n', [this](error_code error, std::size_t) {
    std::istream typed(&typed_);
    std::string line;
    if (std::getline(typed, line) && !line.empty()) clients_.front()->typed(line);
    if (error)
      keys_over_ = true;
    else
      hear_keys();
  });
}

void Clients::hear_stop() {
  signals_.async_wait([this](error_code error, int signal) {
    if (error) return;
    finish(signal == SIGINT ? ExitCode::interrupted : ExitCode::held);
  });
}

bool Clients::all_settled() const {
  return std::ranges::all_of(clients_, [](const auto& client) { return client->settled(); });
}

// A car has no more to do when nothing will be reported any more and all that was is acknowledged.
bool Clients::done() const {
  if (options_.type != "car" || !all_settled()) return false;
  const auto reported = counts_.find("reported");
  if (reported != counts_.end() && reported->second >= options_.crashes) return true;
  return keys_over_ && options_.crash_every == core::Duration{};
}

void Clients::watch() {
  met_ = met_ || std::ranges::any_of(clients_, [](const auto& client) { return client->at_home(); });
  const core::Duration spent = net::machine_time() - begun_;
  if (met_ && done()) return finish(ExitCode::held);
  if (options_.lasts && spent >= *options_.lasts) return finish(all_settled() ? ExitCode::held : ExitCode::failed);
  if (!met_ && spent >= options_.discover_timeout) {
    std::cerr << nobody_answered(finder_);
    return finish(ExitCode::failed);
  }
  tick_.expires_after(kTick);
  tick_.async_wait([this](error_code error) {
    if (!error) watch();
  });
}

void Clients::tell(const net::Role& role, net::Json news) {
  ++counts_[news["event"].get<std::string>()];
  if (options_.json) {
    const core::Duration at = net::machine_time() - begun_;
    news["client"] = role.id();
    news["at"] = static_cast<double>(at.ns / 1'000'000) / 1e3;
    std::cout << news.dump() << std::endl;
  } else {
    std::cout << role.id() << "  " << in_words(news) << std::endl;
  }
}

void Clients::finish(ExitCode code) {
  code_ = code;
  clients_.clear();
  io_.stop();
}

}  // namespace tools
