#include "core/city/lights.hpp"

#include <algorithm>
#include <numeric>

#include "core/city/events.hpp"

namespace core {

// As if each phase had been called once, so that one of them has waited longest.
Lights::Lights(const LightsPlan& plan) : intersections_(plan.intersections) {
  for (Intersection& intersection : intersections_) {
    intersection.approaches.resize(plan.approaches);
    intersection.turns.resize(plan.phases());
    std::iota(intersection.turns.begin(), intersection.turns.end(), 1);
    intersection.calls = plan.phases();
  }
}

bool Lights::fits(const LightsPlan& plan) const {
  if (intersections_.size() != plan.intersections) return false;
  return std::ranges::all_of(intersections_, [&](const Intersection& i) {
    return i.approaches.size() == plan.approaches && i.turns.size() == plan.phases() && i.called < plan.phases() &&
           i.phase < plan.phases() &&
           std::ranges::all_of(i.corridor, [&](const auto& stop) { return stop.second < plan.approaches; });
  });
}

void Lights::apply(const Event& event, const LightsPlan& plan, std::vector<LampOrder>& orders) {
  const auto read = [&]<class T>(const T*, auto&& use) {
    if (event.type != T::kType) return;
    if (const auto value = value_in<T>(event.payload)) use(*value);
  };
  read(static_cast<const LightsCall*>(nullptr), [&](const LightsCall& e) { call(e, plan, orders); });
  read(static_cast<const LightsReady*>(nullptr), [&](const LightsReady& e) { ready(e, plan); });
  read(static_cast<const LightsGreen*>(nullptr), [&](const LightsGreen& e) { green(e, plan, orders); });
  read(static_cast<const LightsRed*>(nullptr), [&](const LightsRed& e) { red(e, plan); });
  read(static_cast<const LightsCut*>(nullptr), [&](const LightsCut& e) { cut(e, plan, orders); });
  read(static_cast<const LightsCorridor*>(nullptr), [&](const LightsCorridor& e) { corridor(e, plan); });
  read(static_cast<const LightsDemand*>(nullptr), [&](const LightsDemand& e) { demand(e); });
}

// A phase that is called has had its turn, whatever comes of it; so has an ambulance that waits for it.
void Lights::call(const LightsCall& event, const LightsPlan& plan, std::vector<LampOrder>& orders) {
  Intersection* const at = find(event.intersection);
  if (at == nullptr || event.phase >= plan.phases() || event.call != at->calls + 1) return;
  std::erase_if(at->corridor, [&](const auto& stop) { return plan.phase_of(stop.second) == event.phase; });
  ++at->calls;
  at->called = event.phase;
  at->calling = true;
  at->turns[event.phase] = at->calls;
  for (std::uint32_t approach = event.phase; approach < plan.approaches; approach += plan.phases())
    orders.push_back({.lamp = {event.intersection, approach}, .what = LampOrder::What::tell});
}

void Lights::ready(const LightsReady& event, const LightsPlan& plan) {
  Approach* const lamp = find(event.lamp);
  if (lamp == nullptr) return;
  const Intersection& at = intersections_[event.lamp.intersection];
  const bool answers = at.calling && at.calls == event.call && plan.phase_of(event.lamp.approach) == at.called;
  if (!answers || lamp->ready_call == event.call) return;
  lamp->ready_call = event.call;
  lamp->boot = event.boot;
  lamp->clock = event.clock;
}

void Lights::green(const LightsGreen& event, const LightsPlan& plan, std::vector<LampOrder>& orders) {
  Intersection* const at = find(event.intersection);
  if (at == nullptr || !at->calling || event.call != at->calls || event.number != at->greens + 1) return;
  at->calling = at->cut = false;
  at->phase = at->called;
  ++at->greens;
  for (std::uint32_t i = 0; i < plan.approaches; ++i) {
    Approach& approach = at->approaches[i];
    const LampName lamp{event.intersection, i};
    if (!plan.leases && plan.phase_of(i) != at->phase) {  // nobody has asked whether it is over
      orders.push_back({.lamp = lamp, .what = LampOrder::What::cut, .number = approach.leased});
      continue;
    }
    if (plan.phase_of(i) != at->phase || approach.ready_call != event.call) continue;
    approach.leased = at->greens;
    approach.cars = 0;
    orders.push_back({.lamp = lamp,
                      .what = LampOrder::What::green,
                      .number = at->greens,
                      .boot = approach.boot,
                      .until = plan.leases ? approach.clock + plan.lease() : Instant::never(),
                      .green = plan.leases ? plan.green : Duration::forever(),
                      .yellow = plan.yellow,
                      .min_green = plan.min_green});
  }
}

void Lights::red(const LightsRed& event, const LightsPlan& plan) {
  Approach* const lamp = find(event.lamp);
  if (lamp != nullptr && plan.leases) lamp->over = std::max(lamp->over, std::min(event.over, lamp->leased));
}

void Lights::cut(const LightsCut& event, const LightsPlan& plan, std::vector<LampOrder>& orders) {
  Intersection* const at = find(event.intersection);
  if (at == nullptr || at->cut || event.number == 0 || event.number != at->greens) return;
  at->cut = true;
  for (std::uint32_t i = 0; i < plan.approaches; ++i)
    if (at->approaches[i].leased == event.number)
      orders.push_back({.lamp = {event.intersection, i},
                        .what = LampOrder::What::cut,
                        .number = event.number,
                        .min_green = plan.min_green});
}

void Lights::corridor(const LightsCorridor& event, const LightsPlan& plan) {
  if (has_corridor(event.crash, event.leg)) return;
  end_corridor(event.crash);
  legs_[event.crash] = event.leg;
  for (const LampName stop : event.stops)
    if (stop.approach < plan.approaches)
      if (Intersection* const at = find(stop.intersection); at != nullptr)
        at->corridor.emplace_back(event.crash, stop.approach);
}

void Lights::end_corridor(const std::string& crash) {
  if (legs_.erase(crash) == 0) return;
  for (Intersection& at : intersections_)
    std::erase_if(at.corridor, [&](const auto& stop) { return stop.first == crash; });
}

void Lights::demand(const LightsDemand& event) {
  if (Approach* const lamp = find(event.lamp); lamp != nullptr) lamp->cars = event.cars;
}

bool Lights::has_corridor(const std::string& crash, Step leg) const {
  const auto found = legs_.find(crash);
  return found != legs_.end() && found->second == leg;
}

std::optional<std::uint32_t> Lights::phase_for_ambulance(std::uint32_t intersection, const LightsPlan& plan) const {
  const Intersection& at = intersections_[intersection];
  if (at.corridor.empty() || *std::ranges::min_element(at.turns) + plan.phases() <= at.calls) return std::nullopt;
  return plan.phase_of(at.corridor.front().second);
}

std::uint32_t Lights::next_phase(std::uint32_t intersection, const LightsPlan& plan) const {
  if (const auto phase = phase_for_ambulance(intersection, plan)) return *phase;
  const Intersection& at = intersections_[intersection];
  const auto longest = static_cast<std::uint32_t>(std::ranges::min_element(at.turns) - at.turns.begin());
  if (plan.order == PhaseOrder::round_robin || at.turns[longest] + plan.phases() <= at.calls) return longest;
  std::vector<std::uint64_t> cars(plan.phases());
  for (std::uint32_t i = 0; i < plan.approaches; ++i) cars[plan.phase_of(i)] += at.approaches[i].cars;
  const auto most = static_cast<std::uint32_t>(std::ranges::max_element(cars) - cars.begin());
  return cars[most] == 0 ? longest : most;
}

Intersection* Lights::find(std::uint32_t intersection) {
  return intersection < intersections_.size() ? &intersections_[intersection] : nullptr;
}

Approach* Lights::find(LampName lamp) {
  Intersection* const at = find(lamp.intersection);
  return at != nullptr && lamp.approach < at->approaches.size() ? &at->approaches[lamp.approach] : nullptr;
}

}  // namespace core
