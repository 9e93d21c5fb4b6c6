#include "core/city/dispatch.hpp"

#include <algorithm>
#include <utility>

#include "core/city/events.hpp"

namespace core {
namespace {

// The step that must come before; `released` and the first two are looked at where they are applied.
Step before(Step step) {
  return static_cast<Step>(static_cast<std::uint8_t>(step) - 1);
}

bool waits(const Crash& crash) {
  return crash.step == Step::reported || crash.step == Step::queued || crash.step == Step::released;
}

// Ambulance or bed can still be given to others.
bool can_be_released(const Crash& crash) {
  return crash.step >= Step::ambulance_allocated && crash.step <= Step::transporting;
}

}  // namespace

std::string name_of_crash(const CrashReport& report, EventId event) {
  if (report.number != 0) return report.car + "/" + std::to_string(report.number);
  return report.car + "/" + std::to_string(event.origin) + "." + std::to_string(event.number);
}

std::optional<DispatchFact> Dispatch::apply(const Event& event) {
  if (event.type == CrashReport::kType) return report(event);
  if (event.type == UnitReport::kType)
    take_unit(event);
  else if (event.type == UnitGone::kType)
    lose_unit(event);
  else
    return go_on(event);
  return std::nullopt;
}

std::optional<DispatchFact> Dispatch::report(const Event& event) {
  const auto report = value_in<CrashReport>(event.payload);
  if (!report || report->car.empty() || !report->at.sound()) return std::nullopt;
  std::uint64_t& last = last_report_[report->car];
  if (report->number != 0 && report->number <= last) return std::nullopt;
  last = std::max(last, report->number);
  const std::string id = name_of_crash(*report, event.id);
  const auto [place, fresh] = crashes_.try_emplace(id);
  if (!fresh) return std::nullopt;
  by_age_[++reports_] = id;
  Crash& crash = place->second;
  crash.car = report->car, crash.at = report->at;
  crash.cause = event.id;
  crash.age = reports_;
  return fact(id, crash);
}

// `beds` is what the hospital counts. What it cannot know of yet is put right: patients that have come since, and a bed
// that is promised stays promised.
void Dispatch::take_unit(const Event& event) {
  const auto report = value_in<UnitReport>(event.payload);
  if (!report || report->unit.empty() || report->kind > UnitKind::hospital || !report->at.sound()) return;
  if (report->session == 0) return;
  Units& units = report->kind == UnitKind::ambulance ? ambulances_ : hospitals_;
  Unit& unit = units[report->unit];
  const bool moves = report->session > unit.session;
  const bool goes_on = report->session == unit.session && report->server == unit.server && report->number > unit.number;
  if (!moves && !goes_on) return;
  unit.at = report->at;
  unit.server = report->server;
  unit.session = report->session, unit.number = report->number;
  unit.cause = event.id;
  unit.available = report->available;
  const auto unknown = static_cast<std::int64_t>(unit.admitted - std::min(report->admitted, unit.admitted));
  unit.beds = std::max(std::clamp<std::int64_t>(report->beds, 0, 1'000'000) - unknown, unit.reserved);
}

void Dispatch::lose_unit(const Event& event) {
  const auto gone = value_in<UnitGone>(event.payload);
  if (!gone || gone->kind > UnitKind::hospital) return;
  Units& units = gone->kind == UnitKind::ambulance ? ambulances_ : hospitals_;
  const auto found = units.find(gone->unit);
  if (found != units.end() && found->second.session == gone->session) found->second.server = kNobody;
}

std::optional<DispatchFact> Dispatch::go_on(const Event& event) {
  const auto step = value_in<CrashStep>(event.payload);
  if (!step || step->step == Step::reported || step->step > Step::released) return std::nullopt;
  const auto found = crashes_.find(step->crash);
  if (found == crashes_.end()) return std::nullopt;
  Crash& crash = found->second;
  if (std::count(event.depends_on.begin(), event.depends_on.end(), crash.cause) == 0) return std::nullopt;
  if (step->step == Step::queued) {
    if (crash.step != Step::reported) return std::nullopt;
  } else if (step->step == Step::ambulance_allocated) {
    if (!allot_ambulance(crash, *step)) return std::nullopt;
  } else if (crash.ambulance != step->ambulance) {
    return std::nullopt;
  } else if (step->step == Step::released ? !can_be_released(crash) : crash.step != before(step->step)) {
    return std::nullopt;
  } else if (step->step == Step::hospital_allocated && !allot_hospital(crash, *step)) {
    return std::nullopt;
  }
  crash.step = step->step;
  crash.cause = event.id;
  if (crash.step == Step::at_hospital) admit(crash, event.id);
  if (crash.step != Step::completed && crash.step != Step::released) return fact(found->first, crash);

  const Crash allotted = crash;
  set_free(crash, event.id);
  const DispatchFact told = fact(found->first, allotted);
  if (crash.step == Step::completed) {
    ++completed_;
    by_age_.erase(crash.age);
    crashes_.erase(found);
  }
  return told;
}

bool Dispatch::allot_ambulance(Crash& crash, const CrashStep& step) {
  const auto found = ambulances_.find(step.ambulance);
  if (!waits(crash) || found == ambulances_.end() || !found->second.free()) return false;
  crash.ambulance = step.ambulance;
  found->second.crash = step.crash;
  return true;
}

bool Dispatch::allot_hospital(Crash& crash, const CrashStep& step) {
  const auto found = hospitals_.find(step.hospital);
  if (found == hospitals_.end() || !found->second.here() || found->second.beds_free() <= 0) return false;
  crash.hospital = step.hospital;
  ++found->second.reserved;
  return true;
}

// The patient is in the bed that was kept.
void Dispatch::admit(Crash& crash, EventId cause) {
  Unit& hospital = hospitals_[crash.hospital];
  --hospital.reserved;
  --hospital.beds;
  ++hospital.admitted;
  hospital.cause = cause;
}

// The ambulance, and the bed if nobody lies in it.
void Dispatch::set_free(Crash& crash, EventId cause) {
  Unit& ambulance = ambulances_[crash.ambulance];
  ambulance.crash.clear();
  ambulance.cause = cause;
  if (crash.step == Step::released && !crash.hospital.empty()) {
    Unit& hospital = hospitals_[crash.hospital];
    --hospital.reserved;
    hospital.cause = cause;
  }
  crash.ambulance.clear();
  crash.hospital.clear();
}

const Crash* Dispatch::crash(const std::string& id) const {
  const auto found = crashes_.find(id);
  return found == crashes_.end() ? nullptr : &found->second;
}

const Unit* Dispatch::unit(UnitKind kind, const std::string& id) const {
  const auto found = units(kind).find(id);
  return found == units(kind).end() ? nullptr : &found->second;
}

std::uint64_t Dispatch::reports_of(const std::string& car) const {
  const auto found = last_report_.find(car);
  return found == last_report_.end() ? 0 : found->second;
}

DispatchFact Dispatch::fact(const std::string& id, const Crash& crash) const {
  DispatchFact fact{.crash = id, .step = crash.step, .ambulance = crash.ambulance, .hospital = crash.hospital};
  for (const auto& [name, hospital] : hospitals_)
    if (crash.hospital.empty() || crash.hospital == name) fact.beds_free += hospital.beds_free();
  return fact;
}

}  // namespace core
