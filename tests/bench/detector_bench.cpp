// The failure detector: a heartbeat of one of the peers comes in; now and then the deadlines are looked at.
#include "core/base/rng.hpp"
#include "core/detect/phi.hpp"
#include "core/detect/presence.hpp"
#include "tests/bench/measure.hpp"

namespace bench {
namespace {

using core::Duration;

void heard(benchmark::State& state) {
  state.SetLabel("heartbeat heard");
  core::Config group;
  group.members.resize(static_cast<std::size_t>(state.range(0)));
  core::Presence presence(group, 0, core::deviations_at(group.timing.phi_threshold_milli));
  core::Instant now;
  presence.start(group, now);
  core::Rng rng(1);
  const auto round = [&] {
    for (core::Member peer = 1; peer < group.size(); ++peer) {
      now = now + Duration{static_cast<std::int64_t>(rng.below(1'000'000'000 / group.size()))};
      presence.heard(group, now, peer, true);
      if (presence.due() <= now) presence.expire(group, now, [](core::Member, Duration) {});
    }
    return group.size() - 1;
  };
  measure(state, [&] {
    std::size_t beats = 0;
    while (beats < 10'000) beats += round();
    return beats;
  });
}

}  // namespace

BENCHMARK(heard)->Name("detector/peers")->Arg(5)->Arg(50)->Arg(1'000)->UseManualTime();

}  // namespace bench
