// A node's log: entries are appended a few at a time, and dropped at the front as snapshots are taken.
#include <array>

#include "core/order/log.hpp"
#include "tests/bench/measure.hpp"

namespace bench {
namespace {

constexpr core::Seq kEntries = 100'000, kSnapshotEvery = 10'000;
constexpr std::size_t kAtOnce = 5;

core::Seq append_and_compact(const core::EventRef& event) {
  core::Log log;
  while (log.size() < kEntries) {
    std::array<core::Entry, kAtOnce> entries;
    for (std::size_t i = 0; i < kAtOnce; ++i) entries[i] = {log.size() + i + 1, 1, event};
    log.write(entries);
    if (log.size() % kSnapshotEvery == 0) log.begin_after({1, log.size() - kSnapshotEvery});
  }
  return log.size();
}

// The bare entries in a vector that is emptied as often.
core::Seq append_to_vector(const core::EventRef& event) {
  std::vector<core::Entry> entries;
  for (core::Seq seq = 1; seq <= kEntries; ++seq) {
    entries.push_back({seq, 1, event});
    if (entries.size() == 2 * kSnapshotEvery) entries.clear();
  }
  benchmark::DoNotOptimize(entries.data());
  return kEntries;
}

void append(benchmark::State& state) {
  state.SetLabel("entry appended, later dropped");
  const auto event = std::make_shared<const core::Event>();
  measure(state, [&] { return append_and_compact(event); }, [&] { return append_to_vector(event); });
}

}  // namespace

BENCHMARK(append)->Name("log/append")->UseManualTime();

}  // namespace bench
