// The event queue in the hold model: as many events as there are stay pending; the earliest is taken out and another,
// somewhat later, put in.
#include "core/base/rng.hpp"
#include "sim/queue/event_queue.hpp"
#include "tests/bench/bare.hpp"
#include "tests/bench/measure.hpp"

namespace bench {
namespace {

constexpr int kTurn = 10'000;  // holds

// Up to 10 ms.
std::int64_t ahead(core::Rng& rng) {
  return static_cast<std::int64_t>(rng.below(10'000'000));
}

void hold(benchmark::State& state) {
  state.SetLabel("pop and push");
  core::Rng rng(1), bare_rng(1);
  sim::EventQueue queue;
  BareQueue bare;
  std::uint64_t order = 0;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    queue.push({{ahead(rng)}, sim::Due::Kind::deliver, 0});
    bare.push({ahead(bare_rng), ++order});
  }
  const auto turn = [&] {
    for (int i = 0; i < kTurn; ++i)
      queue.push({queue.pop().at + core::Duration{ahead(rng)}, sim::Due::Kind::deliver, 0});
    return kTurn;
  };
  const auto bare_turn = [&] {
    for (int i = 0; i < kTurn; ++i) {
      const std::int64_t now = bare.top().at;
      bare.pop();
      bare.push({now + ahead(bare_rng), ++order});
    }
    return kTurn;
  };
  measure(state, turn, bare_turn);
}

}  // namespace

BENCHMARK(hold)->Name("queue/pending")->Arg(10)->Arg(1'000)->Arg(100'000)->UseManualTime();

}  // namespace bench
