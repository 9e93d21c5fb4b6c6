// Three nodes on real sockets in one process, with a recording of each of their lives in a folder.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/record/recording.hpp"
#include "net/runtime/engine.hpp"
#include "net/runtime/sockets.hpp"
#include "net/store/store.hpp"
#include "tests/net/addresses.hpp"
#include "tests/net/quick_group.hpp"
#include "tests/net/until.hpp"

namespace tests {

// What a group is for, and where the lamps of each member are; null: it has none.
struct RecordedCity {
  core::CityPlan plan;
  std::vector<net::LampOutlet*> lamps = std::vector<net::LampOutlet*>(3);
};

class RecordedGroup {
 public:
  explicit RecordedGroup(core::Storage storage, std::uint64_t limit = net::Recording::kLimit,
                         std::size_t block = net::Tape::kBlock, const RecordedCity& city = {})
      : config{quick_group(storage)}, lamps_{city.lamps}, limit_{limit}, block_{block} {
    config.city = city.plan;
    core::seal(config);
    for (core::Member member = 0; member < 3; ++member) start(member);
  }
  ~RecordedGroup() {
    for (core::Member member = 0; member < 3; ++member) kill(member);
    io.restart();
    io.poll();
    std::filesystem::remove_all(folder);
  }
  RecordedGroup(const RecordedGroup&) = delete;
  RecordedGroup& operator=(const RecordedGroup&) = delete;

  struct Facts final : core::RecordSink {
    std::size_t delivered = 0;  // events, not the group's own entries
    bool left = false;
    void on(const core::Record& record) override {
      delivered += record.kind == core::Kind::deliver && !record.id.internal() ? 1U : 0U;
      left = left || record.left;
    }
  };
  struct Process {
    std::unique_ptr<net::Store> store;
    std::optional<net::Recording> recording;
    std::optional<net::Sockets> sockets;
    std::unique_ptr<net::Engine> engine;
    std::uint64_t incarnation = 0;
    Facts facts;
  };

  void start(core::Member member) {
    Process& process = processes[member];
    net::Birth birth{.group = "demo", .config = config, .self = member, .incarnation = ++process.incarnation};
    birth.rng = process.incarnation == 1 ? core::Rng::stream(1, core::Purpose::node, {member})
                                         : core::Rng::stream(1, core::Purpose::node, {member, process.incarnation});
    if (config.storage == core::Storage::durable) {
      process.store = std::make_unique<net::Store>(folder / "disk" / birth.config.members[member].name, config, member,
                                                   birth.group);
      birth.durable = process.store->load();
    } else if (process.incarnation > 1) {
      birth.durable = core::Durable::forgotten(member, process.incarnation);
    }
    process.recording.emplace(folder / "recordings", birth, clock, limit_, block_);
    process.sockets.emplace(io, dialect, member, addresses, birth.form, [](const std::string&) {});
    process.engine = std::make_unique<net::Engine>(
        io, net::Engine::Setting{config, member, birth.group, birth.form, birth.rng, birth.first_number}, birth.durable,
        net::Engine::Gear{*process.sockets, process.facts, clock, process.store.get(), &*process.recording,
                          lamps_[member]});
    process.sockets->open(*process.engine);
    process.engine->take(net::Start{});
  }
  void kill(core::Member member) {
    processes[member].engine.reset();
    processes[member].sockets.reset();
    processes[member].recording.reset();
    processes[member].store.reset();
  }
  core::EventId submit(core::Member member, std::vector<core::EventId> causes = {}) {
    return processes[member].engine->take(core::Submission{std::move(causes), "message", "hello"});
  }
  void until(auto&& holds) { tests::until(io, holds); }
  void until_led_by(core::Member leader) {
    until([&] {
      return std::all_of(processes.begin(), processes.end(), [&](const Process& process) {
        return process.engine == nullptr || process.engine->node().leader() == leader;
      });
    });
  }
  void until_delivered(core::Member member, std::size_t count) {
    until([&] { return processes[member].facts.delivered >= count; });
  }
  // The files, in the order of their names.
  [[nodiscard]] std::vector<std::string> recordings() const {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "recordings"))
      if (entry.path().extension() == ".rec") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
  }

  core::Config config;
  boost::asio::io_context io;
  net::Addresses addresses = free_addresses(io, 3);
  std::filesystem::path folder = fresh_folder();
  net::Dialect dialect{config, "demo"};
  net::Clock clock;
  std::vector<Process> processes = std::vector<Process>(3);

 private:
  static std::filesystem::path fresh_folder() {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("bellwether_recorded_group" + std::to_string(getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder / "disk");
    return folder;
  }

  std::vector<net::LampOutlet*> lamps_;
  std::uint64_t limit_;
  std::size_t block_;
};

}  // namespace tests
