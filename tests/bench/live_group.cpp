#include "tests/bench/live_group.hpp"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <deque>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "core/group/settings.hpp"
#include "net/record/recording.hpp"
#include "net/runtime/engine.hpp"
#include "net/runtime/sockets.hpp"
#include "net/store/store.hpp"

namespace bench {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr std::size_t kMembers = 3;
constexpr core::Member kSubmits = 0;
constexpr std::size_t kMostLatencies = 1'000'000;
constexpr std::chrono::seconds kPatience{120};
constexpr std::chrono::microseconds kPace{100};

// What the members tell the one who measures.
struct Shared {
  std::atomic<std::int64_t> began{0};
  std::array<std::atomic<std::int64_t>, kMembers> last{};  // when the last event was delivered
  std::array<std::int64_t, kMostLatencies> latencies{};
  std::array<std::atomic<std::uint64_t>, kMembers> newest{}, wrong{};  // number delivered; and out of turn, so often
  std::atomic<std::uint64_t> acknowledged{0};
  std::atomic<std::int64_t> longest_gap{0};
};

class Child final : public core::RecordSink {
 public:
  Child(const LiveLoad& load, const core::Config& config, core::Member self, const net::Addresses& addresses,
        const fs::path& folder, Shared& shared)
      : load_{load},
        self_{self},
        shared_{shared},
        dialect_{config, "bench"},
        sockets_{io_, dialect_, self, addresses, load.form, [](const std::string&) {}} {
    if (load.storage == core::Storage::durable)
      store_.emplace(folder / config.members[self].name, config, self, "bench");
    core::Durable durable = store_ ? store_->load() : core::Durable{};
    if (load.record) {
      const net::Birth birth{
          .group = "bench", .config = config, .self = self, .rng = core::Rng(self), .durable = durable};
      recording_.emplace(folder, birth, clock_);
    }
    engine_.emplace(io_, net::Engine::Setting{config, self, "bench", load.form, core::Rng(self)}, std::move(durable),
                    net::Engine::Gear{.outlet = sockets_,
                                      .facts = *this,
                                      .clock = clock_,
                                      .store = store_ ? &*store_ : nullptr,
                                      .tap = recording_ ? &*recording_ : nullptr});
  }

  [[noreturn]] void run() {
    sockets_.open(*engine_);
    engine_->take(net::Start{});
    io_.run();
    _exit(0);
  }

  void on(const core::Record& record) override {
    if (record.kind == core::Kind::deliver && !record.id.internal()) delivered(record.id.number);
    if (self_ != kSubmits) return;
    if (record.kind == core::Kind::leader && record.peer == kMembers - 1 && submitted_ == 0) begin();
    if (record.kind == core::Kind::ack) acknowledged();
  }

 private:
  void delivered(std::uint64_t number) {
    if (number != shared_.newest[self_] + 1) ++shared_.wrong[self_];
    shared_.newest[self_] = number;
    if (number == load_.events) shared_.last[self_] = net::machine_time().ns;
  }
  void begin() {
    shared_.began = net::machine_time().ns;
    load_.rate == 0 ? later() : in_time();
  }
  void acknowledged() {
    const std::int64_t now = net::machine_time().ns;
    if (acknowledged_ < kMostLatencies) shared_.latencies[acknowledged_] = now - when_.front();
    if (acknowledged_ > 0) shared_.longest_gap = std::max(shared_.longest_gap.load(), now - last_);
    last_ = now;
    shared_.acknowledged = ++acknowledged_;
    when_.pop_front();
    if (load_.rate == 0) later();
  }
  // A few at each turn of the pace, however the group does.
  void in_time() {
    pace_.expires_after(kPace);
    pace_.async_wait([this](boost::system::error_code) {
      const auto passed = static_cast<double>(net::machine_time().ns - shared_.began) * 1e-9;
      submit_until([&] { return static_cast<double>(submitted_) >= passed * static_cast<double>(load_.rate); });
      if (submitted_ < load_.events) in_time();
    });
  }
  void later() {
    if (std::exchange(due_, true)) return;
    asio::post(io_, [this] {
      due_ = false;
      submit_until([this] { return submitted_ - acknowledged_ >= load_.outstanding; });
    });
  }
  void submit_until(auto&& enough) {
    for (; submitted_ < load_.events && !enough(); ++submitted_) {
      when_.push_back(net::machine_time().ns);
      engine_->take(core::Submission{{}, "load", std::string(load_.bytes, '.')});
    }
  }

  const LiveLoad& load_;
  core::Member self_;
  Shared& shared_;
  asio::io_context io_;
  asio::steady_timer pace_{io_};
  net::Dialect dialect_;
  net::Clock clock_;
  net::Sockets sockets_;
  std::optional<net::Store> store_;
  std::optional<net::Recording> recording_;
  std::optional<net::Engine> engine_;
  std::size_t submitted_ = 0, acknowledged_ = 0;
  std::deque<std::int64_t> when_;  // of those under way
  std::int64_t last_ = 0;          // acknowledgement
  bool due_ = false;
};

core::Config config_of(core::Storage storage, const core::Timing& timing) {
  core::Config config;
  config.timing = timing;
  for (std::size_t i = 1; i <= kMembers; ++i) config.members.push_back({"n" + std::to_string(i), {0, i}});
  config.storage = storage;
  core::seal(config);
  return config;
}

net::Addresses free_addresses() {
  asio::io_context io;
  std::vector<asio::ip::tcp::acceptor> taken;
  net::Addresses addresses;
  for (std::size_t i = 0; i < kMembers; ++i) {
    taken.emplace_back(io, asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    addresses.push_back(taken.back().local_endpoint());
  }
  return addresses;
}

bool all_delivered(const Shared& shared) {
  return std::all_of(shared.last.begin(), shared.last.end(), [](const auto& last) { return last != 0; });
}

// The three processes and what they share with this one.
class Group {
 public:
  Group(const LiveLoad& load, const core::Timing& timing)
      : config_{config_of(load.storage, timing)},
        folder_{fs::temp_directory_path() / ("bellwether_bench" + std::to_string(getpid()))} {
    const net::Addresses addresses = free_addresses();
    fs::create_directories(folder_);
    void* memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error("no shared memory");
    shared_ = new (memory) Shared;
    for (std::size_t i = 0; i < kMembers; ++i) {
      const pid_t child = fork();
      if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        Child(load, config_, static_cast<core::Member>(i), addresses, folder_, *shared_).run();
      }
      children_.push_back(child);
    }
  }
  ~Group() {
    end();
    munmap(shared_, sizeof(Shared));
    fs::remove_all(folder_);
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  [[nodiscard]] const Shared& shared() const { return *shared_; }
  void strike(std::size_t member, int signal) const { kill(children_[member], signal); }
  void wait_until(auto&& holds) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (; !holds(); std::this_thread::sleep_for(std::chrono::milliseconds(1)))
      if (std::chrono::steady_clock::now() > end) throw std::runtime_error("the group has not done it in time");
  }
  // Kills them all; the CPU seconds that they took.
  double end() {
    double cpu_s = 0;
    for (const pid_t child : std::exchange(children_, {})) {
      rusage use{};
      kill(child, SIGKILL);
      wait4(child, nullptr, 0, &use);
      for (const timeval& time : {use.ru_utime, use.ru_stime})
        cpu_s += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    }
    return cpu_s;
  }

 private:
  core::Config config_;
  fs::path folder_;
  Shared* shared_ = nullptr;
  std::vector<pid_t> children_;
};

}  // namespace

LiveFindings measure(const LiveLoad& load) {
  Group group(load, {});
  group.wait_until([&] { return all_delivered(group.shared()); });
  LiveFindings found;
  found.cpu_s = group.end();
  const Shared& shared = group.shared();
  const std::int64_t last = std::max({shared.last[0].load(), shared.last[1].load(), shared.last[2].load()});
  found.seconds = 1e-9 * static_cast<double>(last - shared.began);
  const std::size_t count = std::min(load.events, kMostLatencies);
  found.latencies.assign(shared.latencies.begin(), shared.latencies.begin() + static_cast<std::ptrdiff_t>(count));
  std::sort(found.latencies.begin(), found.latencies.end());
  return found;
}

std::int64_t longest_gap(Blow blow, core::Timing timing) {
  constexpr std::uint64_t kBefore = 10'000, kAfter = 1'000;  // an election right after another has to wait
  const LiveLoad load{.events = SIZE_MAX};
  Group group(load, timing);
  const Shared& shared = group.shared();
  group.wait_until([&] { return shared.acknowledged >= kBefore; });
  group.strike(kMembers - 1, blow == Blow::kill ? SIGKILL : SIGSTOP);
  const std::uint64_t then = shared.acknowledged;
  group.wait_until([&] { return shared.acknowledged >= then + kAfter; });
  const std::uint64_t acknowledged = shared.acknowledged;
  group.wait_until([&] { return shared.newest[0] >= acknowledged && shared.newest[1] >= acknowledged; });
  if (shared.wrong[0] + shared.wrong[1] != 0) throw std::runtime_error("events were lost or delivered twice");
  return shared.longest_gap;
}

}  // namespace bench
