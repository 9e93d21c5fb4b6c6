#include "tools/live/node_process.hpp"

#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <exception>
#include <memory>
#include <thread>

#include "core/base/check.hpp"
#include "net/record/recording.hpp"
#include "net/runtime/engine.hpp"
#include "net/store/sqlite.hpp"
#include "tools/live/link_layer.hpp"
#include "tools/live/orders.hpp"
#include "tools/live/reception.hpp"

namespace tools {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

struct DiskFull {};

// A store whose disk may be full or slow by order.
class LiveDisk final : public net::Keep {
 public:
  LiveDisk(net::Keep* store, Surroundings& surroundings) : store_{store}, surroundings_{surroundings} {}

  void write(std::span<const core::Persist> records) override {
    if (records.empty()) return;
    surroundings_.look();
    if (surroundings_.disk_full()) throw DiskFull{};
    if (store_ != nullptr) store_->write(records);
    if (const core::Duration longer = surroundings_.draw_disk_latency(); longer > core::Duration{})
      std::this_thread::sleep_for(std::chrono::nanoseconds(longer.ns));
  }

 private:
  net::Keep* store_;  // null: nothing is to survive
  Surroundings& surroundings_;
};

const core::Config& config_of(const NodeSetting& setting) {
  const auto own = setting.scenario.own_settings.find(setting.self);
  return own == setting.scenario.own_settings.end() ? setting.scenario.group : own->second;
}

// What is read next does not match its sums any more.
void damage(const std::filesystem::path& file) {
  net::Sqlite database(file.string());
  database.run("UPDATE facts SET sum = sum + 1 WHERE CAST(name AS TEXT) NOT IN ('owner', 'incarnation')");
  database.run("UPDATE log SET sum = sum + 1; UPDATE pending SET sum = sum + 1");
}

// What a node wakes up with.
struct Memory {
  std::optional<net::Store> store;
  core::Durable durable;
  std::uint64_t incarnation = 1;
  bool forgot = false;  // because what it had was damaged
};

void load(Memory& memory, const NodeSetting& setting) {
  const core::Config& config = config_of(setting);
  if (config.storage == core::Storage::memory) {
    memory.incarnation = setting.incarnation;
    if (setting.incarnation > 1) memory.durable = core::Durable::forgotten(setting.self, setting.incarnation);
    return;
  }
  const std::filesystem::path file = setting.folder / config.members[setting.self].name / "store.db";
  if (setting.damage) damage(file);
  memory.store.emplace(file, config, setting.self, setting.scenario.name);
  memory.incarnation = memory.store->incarnation();
  try {
    memory.durable = memory.store->load();
  } catch (const net::StoreDamaged&) {
    memory.store->forget();
    memory.durable = core::Durable::forgotten(setting.self, memory.incarnation);
    memory.forgot = true;
  }
}

class NodeProcess {
 public:
  NodeProcess(const NodeSetting& setting, Board& board, int connection)
      : setting_{setting},
        board_{board},
        connection_{io_, asio::local::stream_protocol(), connection},
        scribe_{setting.self, board},
        surroundings_{setting.scenario, setting.seed, setting.self, board},
        dialect_{config_of(setting), setting.scenario.name},
        sockets_{io_, dialect_, setting.self, setting.addresses, setting.form, [](const std::string&) {}},
        links_{io_, setting.self, surroundings_, scribe_, sockets_},
        reception_{io_, config_of(setting), setting.self, setting.addresses, scribe_} {
    load(memory_, setting);
    disk_.emplace(memory_.store ? &*memory_.store : nullptr, surroundings_);
  }

  void run() {
    asio::ip::tcp::acceptor acceptor(io_, setting_.addresses[setting_.self]);
    wait_for_go();  // nobody dials before all listen
    sockets_.open(links_, std::move(acceptor), &reception_);
    make_engine();
    record_start();
    engine_->take(net::Start{});
    listen();
    while (!engine_->stopped() && io_.run_one() > 0) {
    }
    _exit(static_cast<int>(scribe_.left() ? NodeEnd::left : NodeEnd::halted));
  }

 private:
  // As the simulator draws for its nodes.
  [[nodiscard]] core::Rng rng() const {
    using core::Purpose, core::Rng;
    if (setting_.incarnation == 1) return Rng::stream(setting_.seed, Purpose::node, {setting_.self});
    return Rng::stream(setting_.seed, Purpose::node, {setting_.self, setting_.incarnation});
  }

  void make_engine() {
    const net::Engine::Setting setting{.config = config_of(setting_),
                                       .self = setting_.self,
                                       .group = setting_.scenario.name,
                                       .form = setting_.form,
                                       .rng = rng(),
                                       .first_number = memory_.incarnation << 40};
    recording_.emplace(setting_.folder,
                       net::Birth{.group = setting.group,
                                  .config = setting.config,
                                  .self = setting.self,
                                  .incarnation = memory_.incarnation,
                                  .first_number = setting.first_number,
                                  .form = setting.form,
                                  .rng = setting.rng,
                                  .durable = memory_.durable,
                                  .origin = board_.origin()},
                       surroundings_);
    engine_.emplace(io_, setting, memory_.durable,
                    net::Engine::Gear{.outlet = links_,
                                      .facts = reception_,
                                      .clock = surroundings_,
                                      .store = &*disk_,
                                      .tap = &*recording_,
                                      .lamps = &scribe_});
    links_.serve(*engine_);
    reception_.serve(*engine_);
  }

  void wait_for_go() {
    char byte = 1;
    asio::write(connection_, asio::buffer(&byte, 1));
    asio::read(connection_, asio::buffer(&byte, 1));
  }

  void record_start() {
    const bool first = setting_.incarnation == 1;
    core::Record record{.kind = first ? core::Kind::start : core::Kind::restart, .node = setting_.self};
    record.forgot = memory_.forgot;
    record.seq = memory_.durable.applied();
    record.number = memory_.incarnation;
    scribe_.on(record);
    for (const core::EventRef& event : memory_.durable.accepted_after(setting_.self, setting_.submitted))
      scribe_.accepted_before(*event);
    memory_.durable = {};  // it was for the beginning
  }

  void listen() {
    connection_.async_read_some(asio::buffer(bytes_), [this](error_code error, std::size_t size) {
      if (error) _exit(0);  // the run is gone
      orders_.feed({bytes_.data(), size});
      OrderGiven order;
      while (orders_.next(order)) std::visit([&](const auto& given) { obey(given); }, order);
      listen();
    });
  }
  void obey(const Look&) { links_.look(); }
  void obey(const Leave&) { engine_->take(net::Leave{}); }
  void obey(const SubmitThis& order) { scribe_.expect(order.ticket, engine_->take(order.submission)); }

  void obey(const core::LampReport& report) { engine_->take(report); }

  const NodeSetting& setting_;
  Board& board_;
  asio::io_context io_;
  asio::local::stream_protocol::socket connection_;
  Scribe scribe_;
  Surroundings surroundings_;
  net::Dialect dialect_;
  net::Sockets sockets_;
  LinkLayer links_;
  Reception reception_;
  Memory memory_;
  std::optional<LiveDisk> disk_;
  std::optional<net::Recording> recording_;
  std::optional<net::Engine> engine_;
  std::array<char, 1 << 16> bytes_{};
  OrderReader orders_;
};

}  // namespace

void run_node_process(const NodeSetting& setting, Board& board, int connection) {
  try {
    std::make_unique<NodeProcess>(setting, board, connection)->run();
  } catch (const DiskFull&) {
    _exit(static_cast<int>(NodeEnd::disk_full));
  } catch (const std::exception& error) {
    const std::string& name = setting.scenario.group.members[setting.self].name;
    std::fprintf(stderr, "bellwether: the process of %s: %s\n", name.c_str(), error.what());
  }
  _exit(static_cast<int>(NodeEnd::broken));
}

}  // namespace tools
