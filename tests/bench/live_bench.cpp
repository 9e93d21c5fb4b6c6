// A live group of three on this machine: real processes, sockets and disks, in the time of the wall. Saturated, the
// lower bound is the bare sequencer in the same run with the same bytes. Other work on the machine shows at once.
#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

#include "tests/bench/live_floor.hpp"
#include "tests/bench/live_group.hpp"
#include "tests/bench/measure.hpp"

namespace bench {
namespace {

constexpr std::size_t kOutstanding = 5'000, kHeader = 48;

void report(benchmark::State& state, double seconds_each, const std::string& label) {
  state.counters[kNsEach] = seconds_each * 1e9;
  state.SetLabel(label);
}

// What throws has not been measured.
void attempt(benchmark::State& state, auto&& work) {
  for (auto each : state) {
    static_cast<void>(each);
    try {
      work();
    } catch (const std::runtime_error& error) {
      state.SkipWithError(error.what());
      return;
    }
  }
}

void saturated(benchmark::State& state, const LiveLoad& load) {
  attempt(state, [&] {
    const LiveFindings found = measure(load);
    const auto events = static_cast<double>(load.events);
    state.counters[kOfFloor] = bare_sequencer(load.events, kOutstanding, load.bytes + kHeader) / found.seconds;
    report(state, found.seconds / events, "event in order at all three");
  });
}

// In turns with the same group that records nothing; the median of each counts.
void recorded(benchmark::State& state, LiveLoad load) {
  constexpr std::size_t kTimes = 5;
  attempt(state, [&] {
    std::array<double, kTimes> plain{}, recording{};
    for (std::size_t i = 0; i < kTimes; ++i) {
      load.record = false;
      plain[i] = measure(load).cpu_s;
      load.record = true;
      recording[i] = measure(load).cpu_s;
    }
    std::sort(plain.begin(), plain.end()), std::sort(recording.begin(), recording.end());
    state.counters[kOfFloor] = plain[kTimes / 2] / recording[kTimes / 2];
    report(state, recording[kTimes / 2] / static_cast<double>(load.events),
           "CPU of all three, recorded; floor: not recorded");
  });
}

void one_at_a_time(benchmark::State& state, const LiveLoad& load) {
  attempt(state, [&] {
    const std::vector<std::int64_t> latencies = measure(load).latencies;
    const double p50 = 1e-9 * static_cast<double>(latencies[latencies.size() / 2]);
    const double p99 = 1e-9 * static_cast<double>(latencies[latencies.size() * 99 / 100]);
    const auto events = static_cast<double>(load.events);
    state.counters[kOfFloor] = bare_sequencer(load.events, 1, load.bytes + kHeader) / events / p50;
    std::array<char, 80> label{};
    std::snprintf(label.data(), label.size(), "median time to the acknowledgement; p99 %.0f µs", p99 * 1e6);
    report(state, p50, label.data());
  });
}

void fail_over(benchmark::State& state, Blow blow, const core::Timing& timing) {
  constexpr std::size_t kTimes = 20;
  attempt(state, [&] {
    std::vector<std::int64_t> gaps;
    for (std::size_t i = 0; i < kTimes; ++i) gaps.push_back(longest_gap(blow, timing));
    std::sort(gaps.begin(), gaps.end());
    std::array<char, 80> label{};
    std::snprintf(label.data(), label.size(), "median of %zu longest silences; the longest %.0f ms", kTimes,
                  1e-6 * static_cast<double>(gaps.back()));
    report(state, 1e-9 * static_cast<double>(gaps[kTimes / 2]), label.data());
  });
}

core::Timing quick() {
  core::Timing timing;
  timing.heartbeat_interval = core::Duration::ms(50);
  timing.phi_acceptable_pause = core::Duration::ms(100);
  timing.phi_min_stddev = core::Duration::ms(10);
  timing.answer_timeout = core::Duration::ms(100);
  return timing;
}

using core::Storage, net::Form;
const LiveLoad kVolatile{.events = 500'000, .outstanding = kOutstanding};
const LiveLoad kDurable{.storage = Storage::durable, .events = 100'000, .outstanding = kOutstanding};
const LiveLoad kJson{.form = Form::json, .events = 100'000, .outstanding = kOutstanding};
const LiveLoad kPaced{.events = 300'000, .rate = 100'000};
const LiveLoad kOneVolatile{.events = 10'000};
const LiveLoad kOneDurable{.storage = Storage::durable, .events = 3'000};

}  // namespace

BENCHMARK_CAPTURE(saturated, volatile, kVolatile)->Name("live/volatile")->Iterations(1);
BENCHMARK_CAPTURE(saturated, durable, kDurable)->Name("live/durable")->Iterations(1);
BENCHMARK_CAPTURE(saturated, json, kJson)->Name("live/json")->Iterations(1);
BENCHMARK_CAPTURE(recorded, volatile, kVolatile)->Name("live/recorded/volatile")->Iterations(1);
BENCHMARK_CAPTURE(recorded, durable, kDurable)->Name("live/recorded/durable")->Iterations(1);
BENCHMARK_CAPTURE(recorded, paced, kPaced)->Name("live/recorded/paced")->Iterations(1);
BENCHMARK_CAPTURE(one_at_a_time, volatile, kOneVolatile)->Name("live/one/volatile")->Iterations(1);
BENCHMARK_CAPTURE(one_at_a_time, durable, kOneDurable)->Name("live/one/durable")->Iterations(1);
BENCHMARK_CAPTURE(fail_over, kill, Blow::kill, core::Timing{})->Name("live/fail-over/killed")->Iterations(1);
BENCHMARK_CAPTURE(fail_over, stop, Blow::stop, quick())->Name("live/fail-over/stopped")->Iterations(1);

}  // namespace bench
