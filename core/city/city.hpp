// The applications of one node: the replicated state that the delivered events make, and what this node itself makes of
// it: the commands for its lamps, and the events that it proposes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/member_set.hpp"
#include "core/city/dispatch.hpp"
#include "core/city/dispatcher.hpp"
#include "core/city/lights.hpp"
#include "core/city/lights_keeper.hpp"
#include "core/city/proposals.hpp"
#include "core/group/config.hpp"

namespace core {

// What the events up to a place amount to: equal at all nodes that have delivered them.
struct CityState {
  Dispatch dispatch;
  Lights lights;

  static CityState of(const CityPlan& plan) { return {.dispatch = {}, .lights = Lights{plan.lights}}; }
  static void fields(auto& m, auto&& visit) { visit("dispatch", m.dispatch), visit("lights", m.lights); }
};

// The bytes of a state; empty for a group without applications.
std::string encode(const CityState& state, const CityPlan& plan);
// Nothing if these are not the bytes of such a city.
std::optional<CityState> decode_city(std::string_view bytes, const CityPlan& plan);

class City {
 public:
  City(const Config& config, Member self, CityState state);

  // What an applied event brings about.
  struct Outcome {
    std::vector<DispatchFact> facts;
    std::vector<LampOrder> orders;  // for this node's own lamps
  };
  Outcome apply(const Event& event);
  // A received state takes the place of what was there.
  void restore(CityState state) { state_ = std::move(state); }

  // A lamp of this node has spoken. False if it has no such lamp.
  bool hear(const LampReport& report);
  // To ask all lamps of this node what they are.
  [[nodiscard]] std::vector<LampOrder> ask_lamps() const;

  // What this node proposes now. `heard`: whom it hears, itself included; `decided`: its own events up to this number
  // are. What is submitted is to be told to placed(). Later than next_look() it must be asked again.
  std::vector<Proposal> look(Instant now, bool leads, const MemberSet& heard, std::uint64_t decided);
  void placed(const Proposal& proposal, std::uint64_t number) { under_way_.add(proposal, number); }
  [[nodiscard]] Instant next_look() const { return next_look_; }

  [[nodiscard]] const CityState& state() const { return state_; }

  static void fields(auto& m, auto&& visit) {
    visit("state", m.state_), visit("dispatcher", m.dispatcher_), visit("keeper", m.keeper_);
    visit("under_way", m.under_way_), visit("heard", m.heard_), visit("next_look", m.next_look_);
  }

 private:
  void open_corridors(std::vector<Proposal>& out) const;

  const CityPlan* plan_;
  std::size_t members_;
  Member self_;
  CityState state_;
  Dispatcher dispatcher_;
  LightsKeeper keeper_;
  Proposals under_way_;
  std::vector<LampReport> heard_;  // since it was last looked at
  Instant next_look_ = Instant::never();
};

}  // namespace core
