#include "tools/live/client_processes.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <exception>
#include <iostream>
#include <system_error>
#include <utility>

#include "tools/client/clients.hpp"

namespace tools {
namespace {

using core::Duration;

// Nobody reads what it tells or types to it, and it has nothing open of the run's.
void leave_the_run() {
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // no client outlives its run, however that ends
  prctl(PR_SET_NAME, "bellwether client");
  std::signal(SIGTERM, SIG_DFL);
  close_range(STDERR_FILENO + 1, ~0U, 0);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
}

}  // namespace

ClientProcesses::ClientProcesses(const sim::Scenario& scenario, std::uint64_t seed, const net::Addresses& servers)
    : scenario_{scenario} {
  if (!scenario.dispatch) return;
  const sim::DispatchLoad& load = *scenario.dispatch;
  ClientOptions options;
  for (const auto& server : servers)
    options.servers.push_back(server.address().to_string() + ":" + std::to_string(server.port()));
  options.discover_timeout = scenario.duration;
  options.seed = seed;
  options.leg = load.leg, options.handover = load.handover, options.stay = load.stay;
  options.beds = load.beds;
  add("ambulance", load.ambulances, options);
  add("hospital", load.hospitals, options);
  if (load.cars == 0 || load.start >= load.stop) return;
  options.crash_every = load.crash_every * load.cars;  // of each
  options.crashes = static_cast<std::uint64_t>(((load.stop - load.start).ns - 1) / load.crash_every.ns + 1);
  add("car", load.cars, options);
}

// A process for all of them; one for each if one of them is away for a while.
void ClientProcesses::add(const std::string& type, std::uint32_t count, ClientOptions options) {
  const auto& away = scenario_.dispatch->away;
  const Duration from = type == "car" ? scenario_.dispatch->start : Duration{};
  options.type = type;
  options.fleet = count;
  if (count == 0) return;
  if (std::ranges::none_of(away, [&](const auto& one) { return one.who.starts_with(type); }))
    return processes_.push_back({.options = std::move(options), .from = from});
  options.fleet = 0;
  const std::uint64_t crashes = options.crashes;
  for (std::uint32_t i = 1; i <= count; ++i) {
    options.id = type + std::to_string(i);
    ++options.seed;
    options.first_crash = Duration{options.crash_every.ns / count * (i - 1)};
    options.crashes = crashes / count + (i <= crashes % count ? 1 : 0);
    processes_.push_back({.options = options, .from = from});
  }
}

ClientProcesses::~ClientProcesses() {
  for (Process& process : processes_) stop(process);
}

void ClientProcesses::look(Duration since_start) {
  for (Process& process : processes_) {
    const bool away = is_away(process.options.id, since_start);
    if (away) stop(process);
    if (!away && since_start >= process.from && process.id == 0) start(process);
  }
}

bool ClientProcesses::is_away(const std::string& who, Duration since_start) const {
  return std::ranges::any_of(scenario_.dispatch->away, [&](const auto& away) {
    return away.who == who && since_start >= away.at && since_start < away.at + away.lasts;
  });
}

void ClientProcesses::start(Process& process) {
  process.id = fork();
  if (process.id < 0) throw std::system_error(errno, std::generic_category(), "no process for clients");
  if (process.id > 0) return;
  leave_the_run();
  try {
    _exit(static_cast<int>(Clients(process.options).run()));
  } catch (const std::exception& error) {
    std::cerr << "bellwether: the process of " << process.options.type << "s: " << error.what() << '\n';
  }
  _exit(static_cast<int>(ExitCode::failed));
}

// Switched off: it takes leave of nobody.
void ClientProcesses::stop(Process& process) {
  if (process.id == 0) return;
  kill(process.id, SIGKILL);
  while (waitpid(process.id, nullptr, 0) < 0 && errno == EINTR) {
  }
  process.id = 0;
}

}  // namespace tools
