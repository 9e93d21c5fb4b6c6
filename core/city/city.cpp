#include "core/city/city.hpp"

#include <utility>

#include "core/city/events.hpp"
#include "core/city/streets.hpp"

namespace core {

std::string encode(const CityState& state, const CityPlan& plan) {
  return plan.empty() ? std::string{} : bytes_of(state);
}

std::optional<CityState> decode_city(std::string_view bytes, const CityPlan& plan) {
  if (plan.empty()) return bytes.empty() ? std::optional{CityState{}} : std::nullopt;
  auto state = value_in<CityState>(bytes);
  return state && state->lights.fits(plan.lights) ? std::move(state) : std::nullopt;
}

City::City(const Config& config, Member self, CityState state)
    : plan_{&config.city},
      members_{config.size()},
      self_{self},
      state_{std::move(state)},
      keeper_{config.city.lights, config.timing.clock_drift_max_ppm} {}

City::Outcome City::apply(const Event& event) {
  Outcome outcome;
  if (plan_->dispatch.on && event.type.starts_with("dispatch.")) {
    if (auto fact = state_.dispatch.apply(event)) {
      const bool leg_over = fact->step >= Step::arrived && fact->step != Step::transporting;
      if (leg_over) state_.lights.end_corridor(fact->crash);
      outcome.facts.push_back(std::move(*fact));
    }
  } else if (plan_->lights.intersections > 0 && event.type.starts_with("lights.")) {
    state_.lights.apply(event, plan_->lights, outcome.orders);
    std::erase_if(outcome.orders, [&](const auto& o) { return plan_->lights.keeper_of(o.lamp, members_) != self_; });
  }
  return outcome;
}

bool City::hear(const LampReport& report) {
  const LightsPlan& plan = plan_->lights;
  const LampName lamp = report.lamp;
  if (lamp.intersection >= plan.intersections || lamp.approach >= plan.approaches) return false;
  if (plan.keeper_of(lamp, members_) != self_) return false;
  heard_.push_back(report);
  return true;
}

std::vector<LampOrder> City::ask_lamps() const {
  std::vector<LampOrder> orders;
  const LightsPlan& plan = plan_->lights;
  for (LampName lamp; lamp.intersection < plan.intersections; ++lamp.intersection)
    for (lamp.approach = 0; lamp.approach < plan.approaches; ++lamp.approach)
      if (plan.keeper_of(lamp, members_) == self_) orders.push_back({.lamp = lamp, .what = LampOrder::What::tell});
  return orders;
}

std::vector<Proposal> City::look(Instant now, bool leads, const MemberSet& heard, std::uint64_t decided) {
  std::vector<Proposal> out;
  under_way_.settle(decided);
  next_look_ = Instant::never();
  keeper_.look(now, state_.lights, plan_->lights);
  for (const LampReport& report : std::exchange(heard_, {})) keeper_.hear(report, state_.lights, plan_->lights, out);
  if (plan_->lights.leases) keeper_.tell_red(state_.lights, out);  // else nobody asks whether one is over
  dispatcher_.note(now, heard, members_);
  if (leads) {
    next_look_ = keeper_.propose(now, state_.lights, plan_->lights, out);
    if (plan_->dispatch.on) {
      dispatcher_.propose(now, state_.dispatch, plan_->dispatch, under_way_, out);
      open_corridors(out);
      next_look_ = std::min(next_look_, now + plan_->dispatch.give_back / 10);  // to see who is not heard
    }
  }
  std::erase_if(out, [&](const Proposal& proposal) { return under_way_.has(proposal.about); });
  return out;
}

// An ambulance on its way is let through: to the crash, then to the hospital.
void City::open_corridors(std::vector<Proposal>& out) const {
  for (const auto& [id, crash] : state_.dispatch.crashes()) {
    const bool rides = crash.step == Step::dispatched || crash.step == Step::transporting;
    if (!rides || state_.lights.has_corridor(id, crash.step)) continue;
    const UnitKind with = crash.step == Step::dispatched ? UnitKind::ambulance : UnitKind::hospital;
    const Unit* const unit = state_.dispatch.unit(with, with == UnitKind::ambulance ? crash.ambulance : crash.hospital);
    if (unit == nullptr) continue;
    const bool there = with == UnitKind::ambulance;
    auto stops = stops_between(plan_->lights, there ? unit->at : crash.at, there ? crash.at : unit->at);
    if (stops.empty()) continue;
    out.push_back({"corridor " + id, {}, event_of(LightsCorridor{id, crash.step, std::move(stops)}, {crash.cause})});
  }
}

}  // namespace core
