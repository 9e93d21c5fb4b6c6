// The lamps that hang at a node: its orders to them and their reports are recorded and run again.
#include <catch2/catch.hpp>
#include <variant>

#include "core/city/lamp.hpp"
#include "net/record/rerun.hpp"
#include "tests/net/recorded_group.hpp"

namespace {

using core::Colour;
using core::Duration;
using core::Instant;
using core::LampName;
using core::LampOrder;

constexpr std::uint32_t kApproaches = 2;

// One crossing whose greens follow each other fast.
core::CityPlan quick_city() {
  core::CityPlan city;
  city.lights.intersections = 1;
  city.lights.approaches = kApproaches;
  city.lights.green = Duration::ms(40), city.lights.yellow = Duration::ms(20);
  city.lights.all_red = Duration::ms(10), city.lights.min_green = Duration::ms(20);
  return city;
}

// The lamps of a member: they live by the clock that it is given.
struct Lamps {
  std::vector<core::Lamp> all;
  std::vector<core::LampReport> reports;  // not yet handed over
  std::size_t greens = 0;

  explicit Lamps(std::uint64_t boot) {
    for (std::uint32_t approach = 0; approach < kApproaches; ++approach) all.emplace_back(LampName{0, approach}, boot);
  }
  void obey(Instant now, const LampOrder& order) {
    core::Lamp& lamp = all[order.lamp.approach];
    if (lamp.obey(now, order) && lamp.colour() == Colour::green) ++greens;
    reports.push_back(lamp.report(now));
  }
  void wake(Instant now) {
    for (core::Lamp& lamp : all)
      if (lamp.wake(now) && lamp.colour() == Colour::red) reports.push_back(lamp.report(now));
  }
};

// What is changed in what is recorded of the life of a group of one.
struct Change {
  std::size_t nth_green = 0;     // the order to be green that is changed, from 1
  void (*how)(LampOrder&) = {};  // null: it is left out
  Duration report_ahead = {};    // so much more show the clocks in all recorded reports
};

// Records half a second of it.
std::string record_crossing(const std::filesystem::path& folder, const Change& change = {}) {
  net::Birth birth{.group = "demo", .config = tests::quick_group(core::Storage::memory), .self = 0};
  birth.config.members.resize(1);
  birth.config.city = quick_city();
  core::seal(birth.config);
  const net::Clock clock;
  net::Recording recording(folder, birth, clock);
  core::Node node(birth.config, 0, {}, birth.rng);
  core::Effects out;
  Lamps lamps(7);
  std::size_t greens = 0;
  const auto turn = [&](Instant now, const net::Input& input) {
    net::Input written = input;
    if (auto* report = std::get_if<core::LampReport>(&written)) report->clock = report->clock + change.report_ahead;
    recording.input(now, written);
    out.clear();
    net::give(node, now, input, out);
    for (const core::Effect& effect : out.list()) {
      if (effect.kind == core::Effect::Kind::persist) recording.persist(out.persists()[effect.index]);
      if (effect.kind == core::Effect::Kind::fact) recording.fact(out.facts()[effect.index]);
      if (effect.kind != core::Effect::Kind::order) continue;
      LampOrder order = out.orders()[effect.index];
      lamps.obey(now, order);
      const bool changed = order.what == LampOrder::What::green && ++greens == change.nth_green;
      if (changed && change.how != nullptr) change.how(order);
      if (!changed || change.how != nullptr) recording.order(order);
    }
    recording.flush();
  };
  turn({1'000'000'000}, net::Start{});
  for (Instant now{1'000'000'000}; now < Instant{1'500'000'000}; now = now + Duration::ms(5)) {
    lamps.wake(now);
    const std::vector<core::LampReport> reports = std::exchange(lamps.reports, {});
    for (const core::LampReport& report : reports) turn(now, report);
    turn(now, net::Wake{});
  }
  REQUIRE(lamps.greens >= 4);
  return recording.path().string();
}

net::Rerun run_again(const std::string& file) {
  net::Recorded recorded(file);
  return net::run_again(recorded);
}

struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("bellwether_recorded_lamps" + std::to_string(getpid()));
  Folder() { std::filesystem::remove_all(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

}  // namespace

TEST_CASE("orders to lamps run again without a difference, and a changed one is the first other output") {
  const Folder folder;
  const net::Rerun whole = run_again(record_crossing(folder.path));
  CHECK(!whole.difference);
  CHECK(whole.ending == net::Ending::whole);

  void (*how)(LampOrder&) = GENERATE(
      as<void (*)(LampOrder&)>{}, [](LampOrder& order) { order.until.ns += 1; },
      [](LampOrder& order) { order.number += 1; }, [](LampOrder& order) { order.boot += 1; },
      [](LampOrder& order) { order.green.ns += 1; }, [](LampOrder& order) { order.min_green.ns += 1; },
      [](LampOrder& order) { order.yellow.ns += 1; }, [](LampOrder& order) { order.lamp.approach ^= 1; });
  const net::Rerun changed = run_again(record_crossing(folder.path, {.nth_green = 3, .how = how}));
  REQUIRE(changed.difference);
  CHECK(changed.difference->now == "the order to the lamp 0 at intersection 1 to be green");
  CHECK(changed.difference->then == "an order to a lamp to be green");
  CHECK(changed.difference->output == changed.outputs + 1);
  CHECK(changed.outputs < whole.outputs);
}

TEST_CASE("an order that is not given again, and a report that says otherwise, are noticed") {
  const Folder folder;
  const net::Rerun missing = run_again(record_crossing(folder.path, {.nth_green = 2, .how = nullptr}));
  REQUIRE(missing.difference);
  CHECK(missing.difference->now == "the order to the lamp 1 at intersection 1 to be green");
  const net::Rerun ahead = run_again(record_crossing(folder.path, {.report_ahead = Duration::ms(1)}));
  REQUIRE(ahead.difference);
  CHECK(ahead.difference->given.starts_with("the report of the lamp"));
}

// Three members in real time; the approaches of the crossing hang at two of them.
TEST_CASE("engines command their lamps and hear them") {
  struct Outlet final : net::LampOutlet {
    Lamps lamps{9};
    void order(const LampOrder& order) override { lamps.obey(net::machine_time(), order); }
  };
  std::vector<Outlet> outlets(3);
  tests::RecordedGroup group(core::Storage::memory, net::Recording::kLimit, net::Tape::kBlock,
                             {quick_city(), {&outlets[0], &outlets[1], &outlets[2]}});
  group.until([&] {
    for (std::size_t i = 0; i < outlets.size(); ++i) {
      outlets[i].lamps.wake(net::machine_time());
      for (const core::LampReport& report : std::exchange(outlets[i].lamps.reports, {}))
        group.processes[i].engine->take(report);
    }
    return outlets[0].lamps.greens >= 3 && outlets[1].lamps.greens >= 3;
  });
  CHECK(outlets[2].lamps.greens == 0);
  for (const std::string& file : group.recordings()) CHECK(!run_again(file).difference);
}
