// The state of a group as bytes and back: so many origins, a tenth of them with a rejected event.
#include "core/order/snapshot.hpp"
#include "tests/bench/measure.hpp"

namespace bench {
namespace {

constexpr std::int64_t kOrigins = 10'000;

core::Snapshot snapshot() {
  core::Snapshot made{.at = {3, 1'000'000}, .voters = core::MemberSet::all(5), .decided = {}};
  for (std::int64_t i = 0; i < kOrigins; ++i) {
    core::Event event;
    event.id = core::EventId::of(static_cast<core::Member>(i % 5), 100'000, static_cast<std::uint64_t>(i / 5));
    if (i % 10 == 0) event = {core::EventId::made_in(3, 1), {}, std::string(core::kRejected), {}, event.id};
    made.decided.apply(event);
  }
  return made;
}

void encode(benchmark::State& state) {
  state.SetLabel("origin written");
  const core::Snapshot made = snapshot();
  measure(state, [&] { return core::encode(made).empty() ? 0 : kOrigins; });
}

void decode(benchmark::State& state) {
  state.SetLabel("origin read");
  const std::string bytes = core::encode(snapshot());
  measure(state, [&] { return core::decode_snapshot(bytes, 5) ? kOrigins : 0; });
}

}  // namespace

BENCHMARK(encode)->Name("snapshot/encode")->UseManualTime();
BENCHMARK(decode)->Name("snapshot/decode")->UseManualTime();

}  // namespace bench
