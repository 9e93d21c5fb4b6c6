#include "core/city/dispatcher.hpp"

#include <algorithm>
#include <utility>

#include "core/city/events.hpp"

namespace core {
namespace {

// One look at all crashes: what earlier proposals of it take is taken.
class Round {
 public:
  Round(const Dispatch& state, const Proposals& under_way, std::vector<Proposal>& out)
      : state_{state}, under_way_{under_way}, out_{out} {}

  void look_at(const std::string& id, const Crash& crash) {
    const Unit* const ambulance = state_.unit(UnitKind::ambulance, crash.ambulance);
    const Unit* const hospital = state_.unit(UnitKind::hospital, crash.hospital);
    const bool lost = (ambulance != nullptr && !ambulance->here()) || (hospital != nullptr && !hospital->here());
    if (lost && crash.step <= Step::transporting) return propose(id, crash, Step::released);
    switch (crash.step) {
      case Step::reported:
      case Step::queued:
      case Step::released:
        if (const auto* const nearest = nearest_of(UnitKind::ambulance, crash.at); nearest != nullptr)
          return allot(id, crash, Step::ambulance_allocated, *nearest);
        if (crash.step == Step::reported) propose(id, crash, Step::queued);
        return;
      case Step::ambulance_allocated:
        if (const auto* const nearest = nearest_of(UnitKind::hospital, crash.at); nearest != nullptr)
          allot(id, crash, Step::hospital_allocated, *nearest);
        return;
      case Step::hospital_allocated:
        return propose(id, crash, Step::dispatched);
      case Step::at_hospital:
        if (ambulance == nullptr || !ambulance->here()) propose(id, crash, Step::completed);
        return;
      default:
        return;  // it is the ambulance's turn
    }
  }

 private:
  // Null: none can be had.
  const Dispatch::Units::value_type* nearest_of(UnitKind kind, const Place& place) const {
    const Dispatch::Units::value_type* nearest = nullptr;
    for (const auto& unit : state_.units(kind)) {
      if (!can_take(kind, unit.first, unit.second)) continue;
      const auto distance = distance_squared(unit.second.at, place);
      if (nearest == nullptr || distance < distance_squared(nearest->second.at, place)) nearest = &unit;
    }
    return nearest;
  }

  bool can_take(UnitKind kind, const std::string& name, const Unit& unit) const {
    const auto takes = [&](const Proposal& proposal) { return proposal.takes == name; };
    const auto taken = std::count_if(out_.begin(), out_.end(), takes) + under_way_.that_take(name);
    return kind == UnitKind::ambulance ? unit.free() && taken == 0 : unit.here() && unit.beds_free() > taken;
  }

  void propose(const std::string& id, const Crash& crash, Step step) {
    out_.push_back({id, {}, event_of(CrashStep{id, step, crash.ambulance, {}}, {crash.cause})});
  }

  // The unit is free because of something, too.
  void allot(const std::string& id, const Crash& crash, Step step, const Dispatch::Units::value_type& unit) {
    const bool ambulance = step == Step::ambulance_allocated;
    CrashStep event{id, step, ambulance ? unit.first : crash.ambulance, ambulance ? "" : unit.first};
    std::vector<EventId> causes{crash.cause};
    if (unit.second.cause != crash.cause) causes.push_back(unit.second.cause);
    out_.push_back({id, unit.first, event_of(event, std::move(causes))});
  }

  const Dispatch& state_;
  const Proposals& under_way_;
  std::vector<Proposal>& out_;
};

}  // namespace

void Dispatcher::note(Instant now, const MemberSet& heard, std::size_t members) {
  for (Member server = 0; server < members; ++server) {
    if (heard.has(server))
      lost_since_.erase(server);
    else
      lost_since_.try_emplace(server, now);
  }
}

void Dispatcher::propose(Instant now, const Dispatch& state, const DispatchPlan& plan, const Proposals& under_way,
                         std::vector<Proposal>& out) const {
  for (const UnitKind kind : {UnitKind::ambulance, UnitKind::hospital})
    give_up_lost(now, state, plan, kind, under_way, out);
  Round round(state, under_way, out);
  for (const auto& [age, id] : state.by_age())
    if (!under_way.has(id)) round.look_at(id, *state.crash(id));
}

void Dispatcher::give_up_lost(Instant now, const Dispatch& state, const DispatchPlan& plan, UnitKind kind,
                              const Proposals& under_way, std::vector<Proposal>& out) const {
  for (const auto& [name, unit] : state.units(kind)) {
    const auto lost = lost_since_.find(unit.server);
    const std::string about = "unit " + name;
    if (lost == lost_since_.end() || now < lost->second + plan.give_back || under_way.has(about)) continue;
    out.push_back({about, {}, event_of(UnitGone{name, kind, unit.session})});
  }
}

}  // namespace core
