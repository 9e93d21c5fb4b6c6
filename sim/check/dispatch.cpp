#include "sim/check/dispatch.hpp"

#include <algorithm>

#include "core/city/events.hpp"

namespace sim {

using core::DispatchFact;
using core::Record;
using State = core::Step;

namespace {

bool may_follow(State before, State step) {
  switch (step) {
    case State::reported:
      return false;
    case State::queued:
      return before == State::reported;
    case State::ambulance_allocated:
      return before == State::reported || before == State::queued || before == State::released;
    case State::released:
      return before >= State::ambulance_allocated && before <= State::transporting;
    default:
      return static_cast<int>(before) + 1 == static_cast<int>(step);
  }
}

bool needs_ambulance(State step) {
  return step >= State::ambulance_allocated;
}

bool needs_hospital(State step) {
  return step >= State::hospital_allocated && step <= State::completed;
}

std::string name_or_none(const std::string& unit) {
  return unit.empty() ? "none" : unit;
}

}  // namespace

void DispatchChecker::on_deliver(const Record& record) {
  View& view = views_[record.node];
  view.event = record.id;
  view.causes = record.event != nullptr ? record.event->depends_on : std::vector<core::EventId>{};
}

void DispatchChecker::on(const Record& record) {
  if (record.more == nullptr) return;
  View& view = views_[record.node];
  check_ambulance(view, record);
  check_beds(record);
  check_order(view, record);
  enter(view, record.more->dispatch);
  if (record.more->dispatch.step == State::completed) completed_.insert(record.more->dispatch.crash);
}

void DispatchChecker::check_ambulance(View& view, const Record& record) {
  const DispatchFact& fact = record.more->dispatch;
  if (fact.ambulance.empty()) return;
  findings_->saw(Invariant::no_double_dispatch);
  if (fact.step == State::completed || fact.step == State::released) {
    const auto found = view.busy.find(fact.ambulance);
    if (found != view.busy.end() && found->second == fact.crash) view.busy.erase(found);
    return;
  }
  const std::string& served = view.busy.try_emplace(fact.ambulance, fact.crash).first->second;
  if (served == fact.crash) return;
  findings_->violated(Invariant::no_double_dispatch, record.at, [&] {
    return "at " + names_.of(record.node) + " " + fact.ambulance + " serves " + served + " and " + fact.crash;
  });
}

void DispatchChecker::check_beds(const Record& record) {
  const DispatchFact& fact = record.more->dispatch;
  findings_->saw(Invariant::beds);
  if (fact.beds_free >= 0) return;
  findings_->violated(Invariant::beds, record.at, [&] {
    return "at " + names_.of(record.node) + " " +
           (fact.hospital.empty() ? "all hospitals have" : fact.hospital + " has") + " " +
           std::to_string(fact.beds_free) + " beds free when " + fact.crash + " is " + std::string{name_of(fact.step)};
  });
}

void DispatchChecker::check_order(View& view, const Record& record) {
  const DispatchFact& fact = record.more->dispatch;
  findings_->saw(Invariant::workflow_order);
  if (needs_ambulance(fact.step) && fact.ambulance.empty()) return out_of_order(record, "without an ambulance");
  if (needs_hospital(fact.step) && fact.hospital.empty()) return out_of_order(record, "without a hospital");
  if (view.completed.contains(fact.crash)) return out_of_order(record, "after it was completed");
  const auto known = view.crashes.find(fact.crash);
  if (known == view.crashes.end()) {
    if (fact.step != State::reported && view.whole) out_of_order(record, "before it was reported");
    return;
  }
  const CrashView& before = known->second;
  const bool changes = [](const std::string& a, const std::string& b) { return !a.empty() && a != b; }(
                           before.ambulance, fact.ambulance) ||
                       (!before.hospital.empty() && before.hospital != fact.hospital);
  if (!may_follow(before.step, fact.step))
    out_of_order(record, "after it was " + std::string{name_of(before.step)});
  else if (changes)
    out_of_order(record, "by " + fact.ambulance + " for " + name_or_none(fact.hospital) + ", though it was given " +
                             before.ambulance + " and " + name_or_none(before.hospital));
  else if (std::find(view.causes.begin(), view.causes.end(), before.cause) == view.causes.end())
    out_of_order(record, "by " + names_.of(view.event) + ", which does not depend on " + names_.of(before.cause) +
                             ", by which it was " + std::string{name_of(before.step)});
}

void DispatchChecker::enter(View& view, const DispatchFact& fact) const {
  if (fact.step == State::completed) {
    view.crashes.erase(fact.crash);
    view.completed.insert(fact.crash);
    return;
  }
  const bool released = fact.step == State::released;
  view.crashes[fact.crash] = {fact.step, released ? "" : fact.ambulance, released ? "" : fact.hospital, view.event};
}

void DispatchChecker::out_of_order(const Record& record, const std::string& why) {
  const DispatchFact& fact = record.more->dispatch;
  findings_->violated(Invariant::workflow_order, record.at, [&] {
    return "at " + names_.of(record.node) + " " + fact.crash + " is " + std::string{name_of(fact.step)} + " " + why;
  });
}

void DispatchChecker::on_submit(const Record& record) {
  if (record.event == nullptr || record.event->type != core::CrashReport::kType) return;
  const auto report = core::value_in<core::CrashReport>(record.event->payload);
  if (report && !report->car.empty() && report->at.sound())
    reports_.emplace(record.id, core::name_of_crash(*report, record.id));
}

void DispatchChecker::on_ack(const Record& record) {
  const auto report = reports_.find(record.id);
  if (report != reports_.end()) acknowledged_.try_emplace(report->second, record.at);
}

DispatchChecker::Account DispatchChecker::account(core::Instant latest) const {
  Account account;
  for (const auto& [crash, since] : acknowledged_) {
    if (since > latest) continue;
    ++account.acknowledged;
    if (!completed_.contains(crash)) account.open.push_back(crash);
  }
  return account;
}

}  // namespace sim
