#include "tools/live/processes.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "core/base/check.hpp"
#include "net/runtime/clock.hpp"
#include "sim/world/clock.hpp"
#include "tools/live/orders.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Member;
using sim::Life;

constexpr int kPatienceMs = 20'000;  // for a process that starts

void write_all(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return;  // it is gone, which will be noticed
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

// Waits until the process has changed its state so.
int wait_for(pid_t process, int how) {
  int status = 0;
  while (waitpid(process, &status, how) < 0 && errno == EINTR) {
  }
  return status;
}

// The power fails while the log is being written: at its end is what nobody can read.
void tear(const std::filesystem::path& log) {
  std::ofstream(log, std::ios::binary | std::ios::app) << std::string(1'000, '\x5A');
}

// Besides the usual three. A forked process has all that was open in the run, and in other runs at the same time: their
// ports, and their ends of connections.
void keep_open_only(int descriptor) {
  const auto kept = static_cast<unsigned>(descriptor);
  if (kept > STDERR_FILENO + 1) close_range(STDERR_FILENO + 1, kept - 1, 0);
  close_range(kept + 1, ~0U, 0);
}

}  // namespace

Processes::Processes(const sim::Scenario& scenario, std::uint64_t seed, const std::filesystem::path& folder,
                     net::Form form, sim::Network& network, Board& board, Merge& records, LiveLamps& lamps)
    : scenario_{scenario},
      seed_{seed},
      folder_{folder},
      form_{form},
      network_{network},
      board_{board},
      records_{records},
      lamps_{lamps},
      ports_{scenario.group.size()},
      hosts_(scenario.group.size()),
      newest_(sim::fleet_load(scenario) + 1) {}

// All are stopped before the first dies, so that none sees another's connection break and records it.
Processes::~Processes() {
  for (const Host& host : hosts_)
    if (host.process != 0) kill(host.process, SIGSTOP);
  for (const Host& host : hosts_) {
    if (host.process == 0) continue;
    kill(host.process, SIGKILL);
    wait_for(host.process, 0);
    close(host.connection);
  }
}

void Processes::start_all() {
  std::vector<Member> founders;
  for (std::size_t i = 0; i < hosts_.size(); ++i) {
    hosts_[i].standing.present = scenario_.group.members[i].founder;
    if (hosts_[i].standing.present) founders.push_back(static_cast<Member>(i));
  }
  for (const Member member : founders) spawn(member);
  for (const Member member : founders) await_ready(member);
  board_.set_origin(net::machine_time());
  for (const Member member : founders) write_all(hosts_[member].connection, "g");
}

void Processes::spawn(Member member) {
  Host& host = hosts_[member];
  int pair[2] = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    throw std::system_error(errno, std::generic_category(), "no connection to the process of " + name(member));
  ++host.incarnation;
  const pid_t process = fork();
  if (process < 0) throw std::system_error(errno, std::generic_category(), "no process for " + name(member));
  if (process == 0) {
    close(pair[0]);
    become(member, pair[1]);
  }
  close(pair[1]);
  host.process = process;
  host.connection = pair[0];
  host.damaged = false;
  host.standing = {.life = Life::up, .leads = 0, .present = true};
}

// In the new process.
void Processes::become(Member member, int connection) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // a node does not outlive its run, however that ends
  prctl(PR_SET_NAME, ("bellwether " + name(member)).c_str());
  std::signal(SIGINT, SIG_IGN);  // Ctrl-C is for the run
  std::signal(SIGTERM, SIG_DFL);
  keep_open_only(connection);
  const Host& host = hosts_[member];
  const NodeSetting setting{.scenario = scenario_,
                            .seed = seed_,
                            .self = member,
                            .incarnation = host.incarnation,
                            .addresses = ports_.addresses(),
                            .folder = folder_,
                            .damage = host.damaged,
                            .form = form_,
                            .submitted = host.submitted};
  run_node_process(setting, board_, connection);
}

void Processes::await_ready(Member member) {
  pollfd ready{.fd = hosts_[member].connection, .events = POLLIN, .revents = 0};
  char byte = 0;
  if (poll(&ready, 1, kPatienceMs) != 1 || recv(ready.fd, &byte, 1, 0) != 1)
    throw std::runtime_error("the process of " + name(member) + " did not start");
}

void Processes::look() {
  records_.collect(running(), *this);
  std::vector<core::LampReport> said;
  lamps_.look(said);
  for (const core::LampReport& report : said) tell(report);
  for (std::size_t i = 0; i < hosts_.size(); ++i) {
    int status = 0;
    if (hosts_[i].process != 0 && waitpid(hosts_[i].process, &status, WNOHANG) == hosts_[i].process)
      reap(static_cast<Member>(i), status);
  }
}

std::vector<Member> Processes::running() const {
  std::vector<Member> members;
  for (std::size_t i = 0; i < hosts_.size(); ++i)
    if (hosts_[i].standing.life == Life::up) members.push_back(static_cast<Member>(i));
  return members;
}

void Processes::see(core::Record& record) {
  Host& host = hosts_[record.node];
  if (record.kind == Kind::role) host.standing.leads = record.role == core::Role::leader ? record.epoch : 0;
  if (record.kind == Kind::submit) host.submitted = record.id;
  if (record.kind != Kind::submit && record.kind != Kind::reject) return;
  for (Newest& newest : newest_)
    if (record.number != 0 && newest.ticket == record.number) newest.id = record.id;
  record.number = 0;  // it has told what it is for
}

// Who is dead does not hear it.
void Processes::tell(const core::LampReport& report) {
  const Member keeper = lamps_.keeper_of(report.lamp);
  if (hosts_[keeper].process != 0) order(keeper, to_bytes(OrderGiven(report)));
}

// A process has ended by itself.
void Processes::reap(Member member, int status) {
  const auto ended = [status](NodeEnd how) {
    return WIFEXITED(status) && WEXITSTATUS(status) == static_cast<int>(how);
  };
  if (!ended(NodeEnd::left) && !ended(NodeEnd::halted) && !ended(NodeEnd::disk_full))
    problems_.push_back("the process of " + name(member) + " ended by itself" +
                        (WIFSIGNALED(status) ? ", by signal " + std::to_string(WTERMSIG(status)) : ""));
  buried(member, ended(NodeEnd::left));
}

void Processes::buried(Member member, bool left) {
  Host& host = hosts_[member];
  close(host.connection);
  host.connection = -1;
  host.process = 0;
  host.standing = {.life = Life::down, .leads = 0, .present = !left};
  records_.collect_last(member, *this);
  host.standing.leads = 0;
  core::Record record{.kind = Kind::crash, .node = member};
  record.left = left;
  records_.on(record);
}

// What its disk has lost by a power cut is nothing: a node speaks only of what is synced.
void Processes::crash(Member member) {
  Host& host = hosts_[member];
  core::check(host.standing.life != Life::down, "a node that is down cannot crash");
  kill(host.process, SIGKILL);
  wait_for(host.process, 0);
  if (host.disk.crash == sim::Disk::Crash::torn_write && scenario_.group.storage == core::Storage::durable)
    tear(folder_ / name(member) / "store.db-wal");
  buried(member, false);
}

void Processes::restart(Member member) {
  core::check(life(member) == Life::down, "only a node that is down restarts");
  spawn(member);
  write_all(hosts_[member].connection, "g");
}

void Processes::join(Member member) {
  restart(member);
}

void Processes::pause(Member member) {
  Host& host = hosts_[member];
  core::check(host.standing.life == Life::up, "only a running node can be paused");
  kill(host.process, SIGSTOP);
  const int status = wait_for(host.process, WUNTRACED);
  if (!WIFSTOPPED(status)) return reap(member, status);
  host.standing.life = Life::paused;
  records_.on(core::Record{.kind = Kind::pause, .node = member});
}

void Processes::resume(Member member) {
  Host& host = hosts_[member];
  core::check(host.standing.life == Life::paused, "only a paused node resumes");
  host.standing.life = Life::up;
  records_.on(core::Record{.kind = Kind::resume, .node = member});
  kill(host.process, SIGCONT);
  order(member, to_bytes(OrderGiven(Look{})));
}

void Processes::leave(Member member) {
  order(member, to_bytes(OrderGiven(Leave{})));
}

void Processes::order(Member member, const std::string& bytes) {
  write_all(hosts_[member].connection, bytes);
}

void Processes::note(const Ailment& ailment) {
  board_.write_journal(to_bytes(ailment));
  for (const Member member : running()) order(member, to_bytes(OrderGiven(Look{})));
}

sim::Network::Handle Processes::change_links(const sim::LinkChange& change) {
  note(change);
  return network_.apply(change, scenario_.faults);
}

void Processes::bend_clock(Member member, std::int32_t drift_ppm) {
  if (std::exchange(hosts_[member].drift_ppm, drift_ppm) == drift_ppm) return;
  note(ClockBent{board_.now(), member, static_cast<std::uint32_t>(drift_ppm + sim::Clock::kMostPpm)});
}

void Processes::set_disk(Member member, const sim::Disk::Condition& condition) {
  const sim::Disk::Condition old = std::exchange(hosts_[member].disk, condition);
  if (old.full == condition.full && old.slow == condition.slow) return;
  DiskSet set{.member = member, .full = condition.full, .slow = std::nullopt};
  if (condition.slow != nullptr) set.slow = condition.slow_by;
  note(set);
}

// On the disk of a member that never started is nothing yet.
void Processes::damage_disk(Member member) {
  if (hosts_[member].incarnation > 0) hosts_[member].damaged = true;
}

void Processes::submit(Member member, std::uint32_t load, const core::Submission& submission) {
  newest_[load] = {++ticket_, {}};
  order(member, to_bytes(OrderGiven(SubmitThis{submission, ticket_})));
}

bool Processes::submitted(core::EventId id) const {
  const core::EventId newest = hosts_[id.member()].submitted;
  return newest.origin == id.origin && newest.number >= id.number;
}

std::vector<sim::Standing> Processes::standings() const {
  std::vector<sim::Standing> standings;
  standings.reserve(hosts_.size());
  for (const Host& host : hosts_) standings.push_back(host.standing);
  return standings;
}

}  // namespace tools
