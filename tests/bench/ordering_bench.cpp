// Events through a group of five in the simulator, with loss and snapshots, each count in a process of its own: time
// and memory an event are to stay flat however many there are.
#include "sim/world/replay.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/scenarios.hpp"

namespace bench {
namespace {

constexpr std::int64_t kPerSecond = 2'000;

// Returns how many events were put in order.
std::uint64_t order(std::int64_t events) {
  const std::string stop = std::to_string(5'000 + events * 1'000 / kPerSecond),
                    end = std::to_string(15'000 + events / 2);
  const sim::Outcome outcome =
      sim::replay(scenario("nodes: 5\nduration: " + end + "ms\nworkload: [{submit: " + std::to_string(kPerSecond) +
                           "/s, start: 5s, stop: " + stop + "ms, chain: 3}]\n"),
                  1);
  return outcome.count(core::Kind::ack);
}

void ordering(benchmark::State& state) {
  state.SetLabel("event ordered, at five nodes");
  Tally tally;
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    const Child child = in_child([] { return order(100); }, [&] { return order(state.range(0)); });
    state.SetIterationTime(child.seconds);
    tally.add(static_cast<double>(child.items), child.seconds);
    bytes += child.bytes;
    if (child.items + 10 < static_cast<std::uint64_t>(state.range(0)))
      state.SkipWithError("not all events were ordered");
  }
  state.counters[kNsEach] = tally.seconds_each() * 1e9;
  state.counters[kBytesEach] = static_cast<double>(bytes) / tally.items;
}

}  // namespace

BENCHMARK(ordering)->Name("ordering/events")->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Iterations(1)->UseManualTime();

}  // namespace bench
