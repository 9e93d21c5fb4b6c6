// Three nodes on real sockets in one process: they elect, order and deliver, and go on without one of them.
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <map>

#include "net/runtime/engine.hpp"
#include "net/runtime/sockets.hpp"
#include "net/store/store.hpp"
#include "tests/net/addresses.hpp"
#include "tests/net/messages.hpp"
#include "tests/net/quick_group.hpp"
#include "tests/net/until.hpp"

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

struct Told final : core::RecordSink {
  std::vector<core::EventId> delivered;  // but for the group's own entries
  std::vector<core::EventId> acknowledged;
  void on(const core::Record& record) override {
    if (record.kind == core::Kind::deliver && !record.id.internal()) delivered.push_back(record.id);
    if (record.kind == core::Kind::ack) acknowledged.push_back(record.id);
    REQUIRE(record.kind != core::Kind::violation);
  }
};

struct Group {
  core::Config config;
  asio::io_context io;
  net::Addresses addresses = tests::free_addresses(io, 3);
  fs::path folder = fs::temp_directory_path() / ("bellwether_engine_test" + std::to_string(getpid()));
  std::vector<Told> told{3};
  std::vector<std::unique_ptr<net::Store>> stores{3};
  net::Dialect dialect{config, "demo"};
  net::Clock clock;
  std::vector<std::unique_ptr<net::Sockets>> sockets{3};
  std::vector<std::unique_ptr<net::Engine>> engines{3};
  std::vector<std::string> complaints;

  explicit Group(core::Storage storage = core::Storage::memory) : config{tests::quick_group(storage)} {
    fs::create_directories(folder);
    for (std::size_t i = 0; i < 3; ++i) start(static_cast<core::Member>(i));
  }
  ~Group() {
    engines.clear();
    sockets.clear();
    io.restart();
    io.poll();
    stores.clear();
    fs::remove_all(folder);
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  void start(core::Member member, net::Form form = net::Form::binary) {
    core::Durable durable;
    if (config.storage == core::Storage::durable) {
      stores[member] = std::make_unique<net::Store>(folder / config.members[member].name, config, member, "demo");
      durable = stores[member]->load();
    }
    sockets[member] = std::make_unique<net::Sockets>(io, dialect, member, addresses, form,
                                                     [this](const std::string& why) { complaints.push_back(why); });
    const net::Engine::Setting setting{config, member, "demo", form, core::Rng(member)};
    const net::Engine::Gear gear{*sockets[member], told[member], clock, stores[member].get()};
    engines[member] = std::make_unique<net::Engine>(io, setting, std::move(durable), gear);
    sockets[member]->open(*engines[member]);
    engines[member]->take(net::Start{});
  }
  // As if it had been killed.
  void kill(core::Member member) {
    engines[member].reset();
    sockets[member].reset();
    stores[member].reset();
  }
  void until(const std::function<bool()>& holds) { tests::until(io, holds); }
  [[nodiscard]] bool led_by(core::Member leader) const {
    return std::all_of(engines.begin(), engines.end(),
                       [&](const auto& engine) { return engine == nullptr || engine->node().leader() == leader; });
  }
  core::EventId submit(core::Member member, std::vector<core::EventId> causes = {}) {
    return engines[member]->take(core::Submission{std::move(causes), "message", "hello"});
  }
};

}  // namespace

TEST_CASE("events of all are delivered in one order at all") {
  Group group;
  group.until([&] { return group.led_by(2); });
  core::EventId last = group.submit(0);
  for (int i = 0; i < 300; ++i) last = group.submit(static_cast<core::Member>(i % 3), {last});
  group.until([&] {
    return std::all_of(group.told.begin(), group.told.end(), [](const Told& t) { return t.delivered.size() == 301; });
  });
  CHECK(group.told[0].delivered == group.told[1].delivered);
  CHECK(group.told[0].delivered == group.told[2].delivered);
  CHECK(group.told[0].delivered.back() == last);
  CHECK(group.told[1].acknowledged.size() == 100);
  CHECK(group.complaints.empty());

  const net::Traffic &sent = group.sockets[2]->sent_to(0), &came = group.sockets[0]->received_from(2);
  CHECK(came.messages > 0);
  CHECK(came.messages <= sent.messages);
  CHECK(came.bytes > 300 * std::string_view("hello").size());
  CHECK(came.bytes <= sent.bytes);
  CHECK(group.sockets[0]->received_from(0).messages == 0);
}

TEST_CASE("the next one leads when the leader is gone, and what was acknowledged is there") {
  Group group(core::Storage::durable);
  group.until([&] { return group.led_by(2); });
  const core::EventId first = group.submit(0);
  group.until([&] { return !group.told[0].acknowledged.empty(); });
  group.kill(2);
  group.until([&] { return group.led_by(1); });
  const core::EventId second = group.submit(0, {first});
  group.until([&] { return group.told[0].acknowledged.size() == 2; });
  CHECK(group.told[1].delivered == std::vector{first, second});

  // It comes back, speaks JSON, finds what it has missed on the others and leads again.
  group.told[2].delivered.clear();
  group.start(2, net::Form::json);
  group.until([&] { return group.led_by(2) && group.told[2].delivered.size() == 2; });
  CHECK(group.told[2].delivered == std::vector{first, second});
}

TEST_CASE("a whole group that was killed remembers") {
  Group group(core::Storage::durable);
  group.until([&] { return group.led_by(2); });
  for (int i = 0; i < 50; ++i) group.submit(static_cast<core::Member>(i % 3));
  group.until([&] { return group.told[1].acknowledged.size() == 17; });
  const std::vector<core::EventId> order = group.told[1].delivered;
  for (std::size_t i = 0; i < 3; ++i) group.kill(static_cast<core::Member>(i)), group.told[i].delivered.clear();
  for (std::size_t i = 0; i < 3; ++i) group.start(static_cast<core::Member>(i));
  group.until([&] { return group.told[1].delivered.size() >= order.size(); });
  CHECK(std::equal(order.begin(), order.end(), group.told[1].delivered.begin()));
}
