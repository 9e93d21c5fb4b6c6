// How the suites measure: in CPU seconds, and in turns with a lower bound where there is one, so that a slow moment of
// the machine strikes both alike. The findings are counters of the benchmark.
#pragma once

#include <benchmark/benchmark.h>

#include <ctime>

#include "tools/report/bench_report.hpp"

namespace bench {

using tools::kBytesEach;
using tools::kNsEach;
using tools::kOfFloor;

inline double cpu_seconds() {
  timespec spent{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + 1e-9 * static_cast<double>(spent.tv_nsec);
}

// Items done, and the CPU seconds that they took.
struct Tally {
  double items = 0, seconds = 0;

  void add(double more_items, double more_seconds) {
    items += more_items;
    seconds += more_seconds;
  }
  // `work` returns how many items it has done.
  double add(auto&& work) {
    const double begun = cpu_seconds();
    const auto done = static_cast<double>(work());
    const double took = cpu_seconds() - begun;
    add(done, took);
    return took;
  }
  [[nodiscard]] double seconds_each() const { return seconds / items; }
};

// One turn of `work` is to last a tenth of a millisecond at least, or the clock shows.
void measure(benchmark::State& state, auto&& work) {
  Tally tally;
  for (auto _ : state) state.SetIterationTime(tally.add(work));
  state.counters[kNsEach] = tally.seconds_each() * 1e9;
}

// `floor` does what no program can do without, for as many items or so.
void measure(benchmark::State& state, auto&& work, auto&& floor) {
  Tally tally, bound;
  for (auto _ : state) {
    state.SetIterationTime(tally.add(work));
    bound.add(floor);
  }
  state.counters[kNsEach] = tally.seconds_each() * 1e9;
  state.counters[kOfFloor] = bound.seconds_each() / tally.seconds_each();
}

}  // namespace bench
