// Emergency dispatch as a replicated state machine: a pure function of the delivered events. An event that does not fit
// the state (another was quicker, or it comes twice) changes nothing, at every node alike: so proposals may be made by
// anybody, any number of times.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/city/facts.hpp"
#include "core/event/event.hpp"

namespace core {

// What a car tells. `number` counts the reports of one car, from 1, so that a repeated one is known; 0: it does not
// count them, and each report is another crash.
struct CrashReport {
  std::string car;
  std::uint64_t number = 0;
  Place at;

  static constexpr std::string_view kType = "dispatch.reported";
  static void fields(auto& m, auto&& visit) { visit("car", m.car), visit("number", m.number), visit("at", m.at); }
};

enum class UnitKind : std::uint8_t { ambulance, hospital };

// What an ambulance or a hospital tells, by the server that it is at. A session (from 1) is one stay at one server: a
// report with the next session moves the unit there; others count only from there, and in their order.
struct UnitReport {
  std::string unit;
  UnitKind kind{};
  Member server = kNobody;
  std::uint64_t session = 0, number = 0;
  Place at;
  bool available = true;       // ambulance: it takes calls
  std::int64_t beds = 0;       // hospital: free ones
  std::uint64_t admitted = 0;  // hospital: how many patients brought by ambulances `beds` takes into account

  static constexpr std::string_view kType = "dispatch.unit";
  static void fields(auto& m, auto&& visit) {
    visit("unit", m.unit), visit("kind", m.kind), visit("server", m.server), visit("session", m.session);
    visit("number", m.number), visit("at", m.at), visit("available", m.available), visit("beds", m.beds);
    visit("admitted", m.admitted);
  }
};

// The unit has not been heard of for too long.
struct UnitGone {
  std::string unit;
  UnitKind kind{};
  std::uint64_t session = 0;

  static constexpr std::string_view kType = "dispatch.gone";
  static void fields(auto& m, auto&& visit) {
    visit("unit", m.unit), visit("kind", m.kind), visit("session", m.session);
  }
};

// A crash goes one step further; its type is "dispatch." and the name of the step. It must depend on the event that
// brought the crash where it is: else it was meant for another state of it. `ambulance` must be the one that has the
// crash, or is to get it; `hospital` is read where one is allotted.
struct CrashStep {
  std::string crash;
  Step step{};
  std::string ambulance, hospital;

  static void fields(auto& m, auto&& visit) {
    visit("crash", m.crash), visit("step", m.step), visit("ambulance", m.ambulance), visit("hospital", m.hospital);
  }
};

struct Crash {
  std::string car;
  Place at;
  Step step{};
  std::string ambulance, hospital;
  EventId cause;          // the event that brought it here
  std::uint64_t age = 0;  // its place among all that were reported, from 1

  static void fields(auto& m, auto&& visit) {
    visit("car", m.car), visit("at", m.at), visit("step", m.step), visit("ambulance", m.ambulance);
    visit("hospital", m.hospital), visit("cause", m.cause), visit("age", m.age);
  }
};

// An ambulance or a hospital.
struct Unit {
  Place at;
  Member server = kNobody;  // where it is, or was; kNobody: it is gone
  std::uint64_t session = 0, number = 0;
  EventId cause;               // what last made it free, or changed its beds
  bool available = false;      // ambulance
  std::string crash;           // ambulance: that it serves; empty: none
  std::int64_t beds = 0;       // hospital: without a patient
  std::int64_t reserved = 0;   // hospital: of these, for patients on their way
  std::uint64_t admitted = 0;  // hospital: patients brought by ambulances

  [[nodiscard]] bool here() const { return server != kNobody; }
  [[nodiscard]] bool free() const { return here() && available && crash.empty(); }
  [[nodiscard]] std::int64_t beds_free() const { return beds - reserved; }

  static void fields(auto& m, auto&& visit) {
    visit("at", m.at), visit("server", m.server), visit("session", m.session), visit("number", m.number);
    visit("cause", m.cause), visit("available", m.available), visit("crash", m.crash), visit("beds", m.beds);
    visit("reserved", m.reserved), visit("admitted", m.admitted);
  }
};

class Dispatch {
 public:
  using Units = std::map<std::string, Unit>;

  // REQUIRES: the event's type begins with "dispatch.". The fact, if a crash has gone a step further.
  std::optional<DispatchFact> apply(const Event& event);

  [[nodiscard]] const Crash* crash(const std::string& id) const;
  // Open crashes by their names, and those names by their age, oldest first.
  [[nodiscard]] const std::map<std::string, Crash>& crashes() const { return crashes_; }
  [[nodiscard]] const std::map<std::uint64_t, std::string>& by_age() const { return by_age_; }
  [[nodiscard]] const Units& ambulances() const { return ambulances_; }
  [[nodiscard]] const Units& hospitals() const { return hospitals_; }
  [[nodiscard]] const Units& units(UnitKind kind) const {
    return kind == UnitKind::ambulance ? ambulances_ : hospitals_;
  }
  [[nodiscard]] const Unit* unit(UnitKind kind, const std::string& id) const;
  [[nodiscard]] std::uint64_t completed() const { return completed_; }
  // The highest number of a report by this car.
  [[nodiscard]] std::uint64_t reports_of(const std::string& car) const;

  static void fields(auto& m, auto&& visit) {
    visit("crashes", m.crashes_), visit("by_age", m.by_age_), visit("ambulances", m.ambulances_);
    visit("hospitals", m.hospitals_), visit("last_report", m.last_report_), visit("reports", m.reports_);
    visit("completed", m.completed_);
  }

 private:
  std::optional<DispatchFact> report(const Event& event);
  void take_unit(const Event& event);
  void lose_unit(const Event& event);
  std::optional<DispatchFact> go_on(const Event& event);
  bool allot_ambulance(Crash& crash, const CrashStep& step);
  bool allot_hospital(Crash& crash, const CrashStep& step);
  void admit(Crash& crash, EventId cause);
  void set_free(Crash& crash, EventId cause);
  [[nodiscard]] DispatchFact fact(const std::string& id, const Crash& crash) const;

  std::map<std::string, Crash> crashes_;         // open ones
  std::map<std::uint64_t, std::string> by_age_;  // names of open ones
  Units ambulances_, hospitals_;
  std::map<std::string, std::uint64_t> last_report_;  // by car
  std::uint64_t reports_ = 0, completed_ = 0;
};

// "car7/3", the third report of car7; of one that does not count them, its event: "car7/2.17".
std::string name_of_crash(const CrashReport& report, EventId event);

}  // namespace core
