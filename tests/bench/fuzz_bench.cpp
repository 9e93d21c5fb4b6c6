// `fuzz` as it is used: scenarios drawn, run, judged and counted. Groups of five only, and an item is a minute of
// virtual time, so that the figure does not depend on what else the seeds draw.
#include "sim/hunt/swarm.hpp"
#include "tests/bench/measure.hpp"
#include "tools/hunt/trial.hpp"

namespace bench {
namespace {

constexpr std::size_t kNodes = 5, kSeeds = 40;

std::vector<std::uint64_t> seeds_of_five() {
  std::vector<std::uint64_t> seeds;
  for (std::uint64_t seed = 1; seeds.size() < kSeeds; ++seed)
    if (sim::swarm(seed).group.size() == kNodes) seeds.push_back(seed);
  return seeds;
}

void drawn_runs(benchmark::State& state) {
  state.SetLabel("minute of a group of five");
  const std::vector<std::uint64_t> seeds = seeds_of_five();
  bool failed = false;
  measure(state, [&] {
    core::Duration simulated;
    for (const std::uint64_t seed : seeds) {
      const auto trial = tools::try_seed(nullptr, seed);
      failed = failed || !trial || trial->failure;
      if (trial) simulated = simulated + trial->simulated;
    }
    return static_cast<double>(simulated.ns) / 60e9;
  });
  if (failed) state.SkipWithError("a run failed");
}

}  // namespace

BENCHMARK(drawn_runs)->Name("fuzz/nodes:5")->UseManualTime();

}  // namespace bench
