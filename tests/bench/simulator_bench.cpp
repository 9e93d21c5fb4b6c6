// The whole simulator at its commonest work: nodes that hear from each other every second, with loss, the phi detector,
// the judge and the digest, and without a trace.
#include "sim/world/replay.hpp"
#include "tests/bench/bare.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/scenarios.hpp"

namespace bench {
namespace {

void heartbeats(benchmark::State& state) {
  state.SetLabel("message sent or received");
  const auto nodes = static_cast<std::uint32_t>(state.range(0));
  const std::int64_t seconds = state.range(1);
  const sim::Scenario measured = scenario("nodes: " + std::to_string(nodes) + "\nduration: " + std::to_string(seconds) +
                                          "s\ntiming: {heartbeat_interval: 1s}\n");
  const std::uint64_t fewest = std::uint64_t{nodes} * (nodes - 1) * static_cast<std::uint64_t>(seconds - 1);
  bool enough = true;
  const auto run = [&] {
    const sim::Outcome outcome = sim::replay(measured, 1);
    enough = enough && outcome.count(core::Kind::send) >= fewest;
    return outcome.count(core::Kind::send) + outcome.count(core::Kind::recv);
  };
  measure(state, run, [&] { return bare_heartbeats(nodes, seconds); });
  if (!enough) state.SkipWithError("fewer messages than one from each to each a second");
}

}  // namespace

BENCHMARK(heartbeats)
    ->Name("simulator")
    ->ArgNames({"nodes", "seconds"})
    ->Args({10, 1'000})
    ->Args({50, 100})
    ->Args({200, 10})
    ->Args({1'000, 3})
    ->UseManualTime();

}  // namespace bench
