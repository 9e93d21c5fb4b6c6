// Traffic lights as a replicated state machine: a pure function of the delivered events. At each intersection greens
// are numbered, and each event names what it builds on: so an event that was made from an older state changes nothing.
//
//   CALL    a phase is to be next; its lamps are asked
//   READY   one of them says that it is there, and what its own clock shows
//   GREEN   those that are ready may be green, for the plan's lease() from then, by their own clocks
//   RED     one of them is red again, for good
//   CUT     a green is to end early
//   CORRIDOR, DEMAND    who would like to be called
//
// GREEN is proposed only by who has seen to it that all earlier greens are over (lights_keeper.hpp). Whoever proposes
// from an older state, without knowing of some green, proposes in vain: the number does not fit any more.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/city/facts.hpp"
#include "core/city/lamp.hpp"
#include "core/city/plan.hpp"
#include "core/event/event.hpp"

namespace core {

struct LightsCall {
  std::uint32_t intersection = 0, phase = 0;
  std::uint64_t call = 0;  // its number at this intersection: one more than the last

  static constexpr std::string_view kType = "lights.call";
  static void fields(auto& m, auto&& visit) {
    visit("intersection", m.intersection), visit("phase", m.phase), visit("call", m.call);
  }
};

struct LightsReady {
  LampName lamp;
  std::uint64_t call = 0;  // that it answers
  std::uint64_t boot = 0;
  Instant clock;

  static constexpr std::string_view kType = "lights.ready";
  static void fields(auto& m, auto&& visit) {
    visit("lamp", m.lamp), visit("call", m.call), visit("boot", m.boot), visit("clock", m.clock);
  }
};

struct LightsGreen {
  std::uint32_t intersection = 0;
  std::uint64_t call = 0;    // whose lamps become green
  std::uint64_t number = 0;  // of this green: one more than the last

  static constexpr std::string_view kType = "lights.green";
  static void fields(auto& m, auto&& visit) {
    visit("intersection", m.intersection), visit("call", m.call), visit("number", m.number);
  }
};

struct LightsRed {
  LampName lamp;
  std::uint64_t over = 0;  // no green up to this number will be shown again

  static constexpr std::string_view kType = "lights.red";
  static void fields(auto& m, auto&& visit) { visit("lamp", m.lamp), visit("over", m.over); }
};

struct LightsCut {
  std::uint32_t intersection = 0;
  std::uint64_t number = 0;  // of the green

  static constexpr std::string_view kType = "lights.cut";
  static void fields(auto& m, auto&& visit) { visit("intersection", m.intersection), visit("number", m.number); }
};

// The lamps on an ambulance's way, for the leg on which it is.
struct LightsCorridor {
  std::string crash;
  Step leg{};  // dispatched: to the crash; transporting: to the hospital
  std::vector<LampName> stops;

  static constexpr std::string_view kType = "lights.corridor";
  static void fields(auto& m, auto&& visit) { visit("crash", m.crash), visit("leg", m.leg), visit("stops", m.stops); }
};

struct LightsDemand {
  LampName lamp;
  std::uint32_t cars = 0;  // that wait there

  static constexpr std::string_view kType = "lights.demand";
  static void fields(auto& m, auto&& visit) { visit("lamp", m.lamp), visit("cars", m.cars); }
};

struct Approach {
  std::uint64_t leased = 0;      // the last green that it was given; it may be shown yet unless `over` is as much
  std::uint64_t over = 0;        // no green up to this number will be shown again
  std::uint64_t ready_call = 0;  // the last call that it answered, and with what
  std::uint64_t boot = 0;
  Instant clock;
  std::uint32_t cars = 0;  // wait, as last reported; none once it has been green

  [[nodiscard]] bool open() const { return leased > over; }
  static void fields(auto& m, auto&& visit) {
    visit("leased", m.leased), visit("over", m.over), visit("ready_call", m.ready_call), visit("boot", m.boot);
    visit("clock", m.clock), visit("cars", m.cars);
  }
};

struct Intersection {
  std::uint64_t calls = 0, greens = 0;  // so many there were
  std::uint32_t called = 0;             // the phase of the last call
  bool calling = false;                 // no green has come of it yet
  std::uint32_t phase = 0;              // of the last green
  bool cut = false;                     // that green is to end early
  std::vector<Approach> approaches;
  std::vector<std::uint64_t> turns;                             // by phase: its last call
  std::vector<std::pair<std::string, std::uint32_t>> corridor;  // crash and approach, first come first served

  static void fields(auto& m, auto&& visit) {
    visit("calls", m.calls), visit("greens", m.greens), visit("called", m.called), visit("calling", m.calling);
    visit("phase", m.phase), visit("cut", m.cut), visit("approaches", m.approaches), visit("turns", m.turns);
    visit("corridor", m.corridor);
  }
};

class Lights {
 public:
  Lights() = default;
  explicit Lights(const LightsPlan& plan);

  // REQUIRES: the event's type begins with "lights.". Appends what lamps are to be told, all lamps of the city alike.
  void apply(const Event& event, const LightsPlan& plan, std::vector<LampOrder>& orders);
  // That leg is over; nobody has to be let through any more.
  void end_corridor(const std::string& crash);

  [[nodiscard]] const std::vector<Intersection>& intersections() const { return intersections_; }
  // Which phase should be called next: one that has not been called for a whole round; else what an ambulance waits
  // for; else what the plan's order says. So no phase is called less often than every phases() + 2 times, whatever
  // ambulances and cars ask for.
  [[nodiscard]] std::uint32_t next_phase(std::uint32_t intersection, const LightsPlan& plan) const;
  // For an ambulance: none waits, or somebody else has waited too long.
  [[nodiscard]] std::optional<std::uint32_t> phase_for_ambulance(std::uint32_t intersection,
                                                                 const LightsPlan& plan) const;
  [[nodiscard]] bool has_corridor(const std::string& crash, Step leg) const;
  // State and plan are of the same shape: to be asked of what came over the network.
  [[nodiscard]] bool fits(const LightsPlan& plan) const;

  static void fields(auto& m, auto&& visit) { visit("intersections", m.intersections_), visit("legs", m.legs_); }

 private:
  void call(const LightsCall& event, const LightsPlan& plan, std::vector<LampOrder>& orders);
  void green(const LightsGreen& event, const LightsPlan& plan, std::vector<LampOrder>& orders);
  void cut(const LightsCut& event, const LightsPlan& plan, std::vector<LampOrder>& orders);
  void ready(const LightsReady& event, const LightsPlan& plan);
  void red(const LightsRed& event, const LightsPlan& plan);
  void corridor(const LightsCorridor& event, const LightsPlan& plan);
  void demand(const LightsDemand& event);
  Intersection* find(std::uint32_t intersection);
  Approach* find(LampName lamp);

  std::vector<Intersection> intersections_;
  std::map<std::string, Step> legs_;  // by crash: for which leg its corridor was asked for
};

}  // namespace core
