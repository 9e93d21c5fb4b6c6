#include "core/city/lights_keeper.hpp"

#include <algorithm>

#include "core/city/events.hpp"

namespace core {
namespace {

// How long lamps have to say that they are ready, all-red apart, while which they are called.
constexpr Duration kReadyWait = Duration::s(1);

std::string about(const char* what, std::uint32_t intersection) {
  return std::string{what} + " " + std::to_string(intersection);
}

std::string about(const char* what, LampName lamp, std::uint64_t number) {
  return about(what, lamp.intersection) + "/" + std::to_string(lamp.approach) + " " + std::to_string(number);
}

}  // namespace

LightsKeeper::LightsKeeper(const LightsPlan& plan, std::uint32_t drift) : drift_{drift}, seen_(plan.intersections) {
  for (Seen& seen : seen_) seen.approaches.resize(plan.approaches);
}

// So long by this node's clock that the span is over by any other: one may be slow, the other fast.
Duration LightsKeeper::stretched(Duration span) const {
  return span + Duration{(span.ns / (1'000'000 - drift_) + 1) * 2 * drift_};
}

void LightsKeeper::look(Instant now, const Lights& state, const LightsPlan& plan) {
  const Duration red = stretched(plan.all_red);
  const Duration lease = plan.leases ? stretched(plan.lease()) : plan.green + plan.yellow;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const Intersection& at = state.intersections()[i];
    if (seen_[i].calls != at.calls) seen_[i].calls = at.calls, seen_[i].called = now;
    for (std::size_t a = 0; a < at.approaches.size(); ++a) {
      const Approach& approach = at.approaches[a];
      SeenApproach& seen = seen_[i].approaches[a];
      if (seen.leased == approach.leased && seen.open == approach.open()) continue;
      seen = {approach.leased, approach.open(), now + red + (approach.open() ? lease : Duration{})};
    }
  }
}

void LightsKeeper::hear(const LampReport& report, const Lights& state, const LightsPlan& plan,
                        std::vector<Proposal>& out) {
  reports_[report.lamp] = report;
  const Intersection& at = state.intersections()[report.lamp.intersection];
  const Approach& approach = at.approaches[report.lamp.approach];
  const bool called = at.calling && plan.phase_of(report.lamp.approach) == at.called;
  if (called && approach.ready_call != at.calls)
    out.push_back({about("ready", report.lamp, at.calls),
                   {},
                   event_of(LightsReady{report.lamp, at.calls, report.boot, report.clock})});
}

void LightsKeeper::tell_red(const Lights& state, std::vector<Proposal>& out) const {
  for (const auto& [lamp, report] : reports_) {
    const Approach& approach = state.intersections()[lamp.intersection].approaches[lamp.approach];
    if (approach.open() && report.over >= approach.leased)
      out.push_back({about("red", lamp, report.over), {}, event_of(LightsRed{lamp, report.over})});
  }
}

Instant LightsKeeper::propose(Instant now, const Lights& state, const LightsPlan& plan,
                              std::vector<Proposal>& out) const {
  Instant next = Instant::never();
  for (std::uint32_t i = 0; i < seen_.size(); ++i) next = std::min(next, propose_at(now, i, state, plan, out));
  return next;
}

// A phase is called while the last lamps are red before it; whether they are is waited for before its green.
Instant LightsKeeper::propose_at(Instant now, std::uint32_t i, const Lights& state, const LightsPlan& plan,
                                 std::vector<Proposal>& out) const {
  const Intersection& at = state.intersections()[i];
  if (at.calling) return propose_green(now, i, state, plan, out);
  Instant call = now, end_green = Instant::never();
  for (const SeenApproach& seen : seen_[i].approaches) {
    if (!seen.open) continue;
    const Instant over = seen.clear - stretched(plan.all_red);
    call = std::max(call, over);
    if (!plan.leases && seen.leased == at.greens) end_green = over - plan.yellow;
  }
  if (call <= now) {
    out.push_back({about("lights", i), {}, event_of(LightsCall{i, state.next_phase(i, plan), at.calls + 1})});
    return Instant::never();
  }
  const auto waiting = state.phase_for_ambulance(i, plan);
  if (at.cut || (now < end_green && (!waiting || *waiting == at.phase)))
    return at.cut ? call : std::min(call, end_green);
  out.push_back({about("lights", i), {}, event_of(LightsCut{i, at.greens})});
  return call;
}

Instant LightsKeeper::propose_green(Instant now, std::uint32_t i, const Lights& state, const LightsPlan& plan,
                                    std::vector<Proposal>& out) const {
  const Intersection& at = state.intersections()[i];
  Instant green = now;
  for (const SeenApproach& seen : seen_[i].approaches) green = std::max(green, seen.clear);
  if (green > now) return green;
  std::uint32_t lamps = 0, ready = 0;
  for (std::uint32_t a = at.called; a < plan.approaches; a += plan.phases(), ++lamps)
    if (at.approaches[a].ready_call == at.calls) ++ready;
  const Instant patience = seen_[i].called + plan.all_red + kReadyWait;
  if (ready < lamps && now < patience) return patience;
  if (ready > 0)
    out.push_back({about("lights", i), {}, event_of(LightsGreen{i, at.calls, at.greens + 1})});
  else
    out.push_back({about("lights", i), {}, event_of(LightsCall{i, state.next_phase(i, plan), at.calls + 1})});
  return Instant::never();
}

}  // namespace core
