// The store against the core's own idea of what survives, and files that are not what they should be.
#include <unistd.h>
#include <catch2/catch.hpp>

#include <fstream>

#include "net/store/store.hpp"
#include "tests/net/messages.hpp"

namespace {

namespace fs = std::filesystem;
using core::Persist;
using net::Store;
using net::StoreDamaged;
using net::StoreError;

struct Home {
  fs::path path = fs::temp_directory_path() / ("bellwether_store_test" + std::to_string(getpid()));
  core::Config config = tests::group_of(3);

  Home() { fs::create_directories(path); }
  ~Home() { fs::remove_all(path); }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;

  [[nodiscard]] fs::path file() const { return path / "n2.db"; }
  [[nodiscard]] Store open() const { return Store(file(), config, 1, "demo"); }
  [[nodiscard]] std::string refusal() const {
    try {
      (void)open();
    } catch (const StoreError& error) {
      return error.what();
    }
    return "";
  }
};

core::EventRef event(std::uint64_t number, core::Member member = 1) {
  return std::make_shared<const core::Event>(
      core::Event{core::EventId::of(member, number), {core::EventId::of(0, 3)}, "message", {"\0\xFF", 2}, {}});
}

// Draws what a node could want written next, and keeps in mind what should be there.
class Writings {
 public:
  explicit Writings(std::uint64_t seed) : rng_{seed} {}

  Persist next() {
    const Persist record = draw();
    expected_.apply(record);
    return record;
  }
  [[nodiscard]] const core::Durable& expected() const { return expected_; }

 private:
  Persist draw() {
    const core::Log& log = expected_.log;
    switch (rng_.below(10)) {
      case 0:
        return core::PromiseMade{++epoch_, static_cast<core::Member>(rng_.below(3))};
      case 1:
        return core::RestraintSet{core::Duration::ms(static_cast<std::int64_t>(rng_.below(900)))};
      case 2:
        return core::MemoryLost{static_cast<core::Member>(rng_.below(3)), 2 + rng_.below(9)};
      case 3:
        return core::Recovered{};
      case 4:
        return core::Settled{rng_.below(expected_.last_number + 1)};
      case 5:
        return snapshot();
      case 6:
      case 7:
        return core::Accepted{event(expected_.last_number + 1)};
      default: {
        core::LogWritten written;
        const core::Seq room = log.size() - log.base().seq;
        core::Seq seq = log.base().seq + 1 + (rng_.below(4) == 0 ? rng_.below(room + 1) : room);
        for (std::uint64_t left = 1 + rng_.below(4); left > 0; --left)
          written.entries.push_back({seq++, epoch_, event(seq, 0)});
        return written;
      }
    }
  }
  Persist snapshot() {
    const core::Log& log = expected_.log;
    const bool received = rng_.below(3) == 0;
    const core::Point at = received ? core::Point{epoch_, log.size() + 5} : log.last();
    core::Snapshot state{
        .at = at.seq == 0 ? core::Point{epoch_, 1} : at, .voters = core::MemberSet::all(3), .decided = {}};
    state.decided.apply(*event(1));
    const core::Seq kept = received ? 0 : rng_.below(log.size() - log.base().seq + 1);
    return core::SnapshotTaken{core::keep(state), received ? at : log.point_at(log.size() - kept)};
  }

  core::Rng rng_;
  core::Epoch epoch_ = 1;
  core::Durable expected_;
};

void check_equal(const core::Durable& found, const core::Durable& expected) {
  CHECK(found.promised == expected.promised);
  CHECK(found.promised_to == expected.promised_to);
  CHECK(found.log == expected.log);
  CHECK(found.last_number == expected.last_number);
  CHECK(found.restraint == expected.restraint);
  CHECK(found.memories == expected.memories);
  CHECK(found.recovering == expected.recovering);
  REQUIRE(found.pending.size() == expected.pending.size());
  for (std::size_t i = 0; i < found.pending.size(); ++i) CHECK(*found.pending[i] == *expected.pending[i]);
  REQUIRE((found.snapshot == nullptr) == (expected.snapshot == nullptr));
  if (found.snapshot != nullptr) CHECK(found.snapshot->bytes == expected.snapshot->bytes);
}

}  // namespace

TEST_CASE("what was written is there when the store is opened again") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const Home home;
    Writings writings(seed);
    for (std::uint64_t incarnation = 1; incarnation <= 8; ++incarnation) {
      Store store = home.open();
      CHECK(store.incarnation() == incarnation);
      check_equal(store.load(), writings.expected());
      for (std::uint64_t batch = 0; batch < 6; ++batch) {
        std::vector<Persist> records;
        for (std::uint64_t i = 0; i <= batch; ++i) records.push_back(writings.next());
        store.write(records);
      }
    }
  }
}

TEST_CASE("a node that has forgotten starts as one") {
  const Home home;
  Writings writings(7);
  {
    Store store = home.open();
    (void)store.load();
    for (int i = 0; i < 40; ++i) store.write(std::vector<Persist>{writings.next()});
    store.forget();
  }
  Store store = home.open();
  CHECK(store.incarnation() == 3);
  check_equal(store.load(), core::Durable::forgotten(1, 2));
}

TEST_CASE("two do not use one store") {
  const Home home;
  const Store store = home.open();
  CHECK(home.refusal().find("another process uses it") != std::string::npos);
}

TEST_CASE("what is not this node's is left alone") {
  const Home home;
  SECTION("no database") {
    std::ofstream(home.file()) << std::string(5'000, 'x');
    CHECK(home.refusal().find("file is not a database") != std::string::npos);
  }
  SECTION("somebody else's database") {
    net::Sqlite(home.file()).run("CREATE TABLE mine (a INTEGER)");
    CHECK(home.refusal().find("not of a bellwether node") != std::string::npos);
  }
  SECTION("a newer one") {
    (void)home.open();
    net::Sqlite(home.file()).run("PRAGMA user_version = 9");
    CHECK(home.refusal().find("is of version 9, written by a newer bellwether") != std::string::npos);
  }
  SECTION("another node's, or another group's") {
    (void)home.open();
    CHECK_THROWS_WITH(Store(home.file(), home.config, 0, "demo"),
                      Catch::Contains("belongs to n2 of group demo (n1 n2 n3), not to n1 of group demo"));
    CHECK_THROWS_WITH(Store(home.file(), home.config, 1, "other"), Catch::Contains("not to n2 of group other"));
    CHECK_THROWS_WITH(Store(home.file(), tests::group_of(4), 1, "demo"), Catch::Contains("(n1 n2 n3 n4)"));
  }
  SECTION("a folder") {
    CHECK_THROWS_AS(Store(home.path, home.config, 1, "demo"), StoreError);
  }
}

TEST_CASE("damage is noticed") {
  const Home home;
  {
    Store store = home.open();
    (void)store.load();
    store.write(std::vector<Persist>{core::PromiseMade{4, 2}, core::LogWritten{{{1, 1, event(1)}, {2, 1, event(2)}}},
                                     core::Accepted{event(1)}});
  }
  const auto after = [&](const char* damage) {
    net::Sqlite(home.file()).run(damage);
    Store store = home.open();
    CHECK_THROWS_AS(store.load(), StoreDamaged);
  };
  SECTION("a promise") {
    after("UPDATE facts SET bytes = x'0500' WHERE name = x'70726F6D697365'");
  }
  SECTION("an entry") {
    after("UPDATE log SET bytes = (SELECT bytes FROM log WHERE number = 2) WHERE number = 1");
  }
  SECTION("an entry is gone") {
    after("DELETE FROM log WHERE number = 1");
  }
  SECTION("an own event") {
    after("UPDATE pending SET sum = sum + 1");
  }
}

TEST_CASE("a batch is written whole or not at all") {
  const Home home;
  Store store = home.open();
  (void)store.load();
  store.write(std::vector<Persist>{core::PromiseMade{1, 1}});
  // Entry 1 twice: the second breaks the first's key.
  CHECK_THROWS_AS(
      store.write(std::vector<Persist>{core::PromiseMade{2, 1}, core::Accepted{event(1)}, core::Accepted{event(1)}}),
      StoreError);
  CHECK(store.load().promised == 1);
  CHECK(store.load().pending.empty());
  store.write(std::vector<Persist>{core::PromiseMade{3, 1}});
  CHECK(store.load().promised == 3);
}
