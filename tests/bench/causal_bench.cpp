// The leader's causal buffer: ten thousand events of five origins, in several orders of arrival.
#include <algorithm>

#include "core/order/causal_buffer.hpp"
#include "tests/bench/measure.hpp"

namespace bench {
namespace {

using core::EventRef;

constexpr std::uint64_t kOrigins = 5, kEvents = 10'000;

// Dealt round robin; with `chained`, each depends on the one before it.
std::vector<EventRef> events(bool chained) {
  std::vector<EventRef> made;
  core::EventId before;
  for (std::uint64_t i = 0; i < kEvents; ++i) {
    core::Event event;
    event.id = core::EventId::of(static_cast<core::Member>(i % kOrigins), i / kOrigins + 1);
    if (chained && i != 0) event.depends_on = {before};
    before = event.id;
    made.push_back(std::make_shared<const core::Event>(std::move(event)));
  }
  return made;
}

void offer(benchmark::State& state, bool chained, bool reversed) {
  state.SetLabel("event offered and ordered");
  std::vector<EventRef> offered = events(chained);
  if (reversed) std::reverse(offered.begin(), offered.end());
  std::size_t ordered = kEvents;
  measure(state, [&] {
    core::CausalBuffer buffer;
    std::vector<core::CausalBuffer::Verdict> verdicts;
    for (const EventRef& event : offered) buffer.offer(event, core::Instant{}, verdicts);
    ordered = std::min(ordered, verdicts.size());
    return verdicts.size();
  });
  if (ordered != kEvents) state.SkipWithError("events are held back that nothing keeps");
}

}  // namespace

BENCHMARK_CAPTURE(offer, in_turn, false, false)->Name("causal/in_turn")->UseManualTime();
BENCHMARK_CAPTURE(offer, reversed, false, true)->Name("causal/reversed")->UseManualTime();
BENCHMARK_CAPTURE(offer, chained, true, false)->Name("causal/chained")->UseManualTime();
BENCHMARK_CAPTURE(offer, chained_reversed, true, true)->Name("causal/chained_reversed")->UseManualTime();

}  // namespace bench
