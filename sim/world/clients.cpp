#include "sim/world/clients.hpp"

#include <utility>

#include "core/city/events.hpp"

namespace sim {

using core::Dispatch;
using core::Instant;
using core::Submission;
using core::Unit;

std::optional<Submission> Car::wants(const Dispatch& shown) {
  while (!unknown_.empty() && unknown_.front().number <= shown.reports_of(name_)) unknown_.pop_front();
  if (unknown_.empty()) return std::nullopt;
  return core::event_of(core::CrashReport{name_, unknown_.front().number, unknown_.front().at});
}

bool Device::given_up(const Dispatch& shown, Stay stay) const {
  const Unit* const self = shown_in(shown);
  return self != nullptr && self->session == stay.session && !self->here();
}

Submission Device::goodbye(Stay stay) const {
  return core::event_of(core::UnitGone{name_, kind_, stay.session});
}

bool Device::registered(const Dispatch& shown, Stay stay) const {
  const Unit* const self = shown_in(shown);
  return self != nullptr && self->session == stay.session && self->server == stay.server;
}

// The first of a session, or the next.
Submission Device::report(const Dispatch& shown, Stay stay, core::UnitReport said) const {
  const bool first = !registered(shown, stay);
  said.unit = name_, said.kind = kind_, said.at = place_;
  said.server = stay.server, said.session = stay.session;
  said.number = first ? 1 : shown_in(shown)->number + 1;
  if (first) return core::event_of(said);
  return core::event_of(said, {shown_in(shown)->cause});
}

std::optional<Submission> Ambulance::wants(Instant now, const Dispatch& shown, Stay stay, const DispatchLoad& load) {
  if (!registered(shown, stay)) return report(shown, stay, {});
  const Unit& self = *shown_in(shown);
  const core::Crash* const crash = shown.crash(self.crash);
  if (crash == nullptr)
    crash_.clear();
  else if (crash_ != self.crash || step_ != crash->step)
    take_up(now, shown, self, *crash);
  if (self.at != place_) return report(shown, stay, {});
  if (crash == nullptr || step_ < core::Step::dispatched || step_ > core::Step::at_hospital) return std::nullopt;
  if (now < since_ + (step_ == core::Step::at_hospital ? load.handover : load.leg)) return std::nullopt;
  const auto next = static_cast<core::Step>(static_cast<std::uint8_t>(step_) + 1);
  return core::event_of(core::CrashStep{crash_, next, name_, {}}, {crash->cause});
}

void Ambulance::take_up(Instant now, const Dispatch& shown, const Unit& self, const core::Crash& crash) {
  crash_ = self.crash, step_ = crash.step, since_ = now;
  const Unit* const hospital = shown.unit(core::UnitKind::hospital, crash.hospital);
  if (step_ == core::Step::arrived) place_ = crash.at;
  if (step_ == core::Step::at_hospital && hospital != nullptr) place_ = hospital->at;
}

std::optional<Submission> Hospital::wants(Instant now, const Dispatch& shown, Stay stay, const DispatchLoad& load) {
  const Unit* const self = shown_in(shown);
  for (; self != nullptr && admitted_ < self->admitted; ++admitted_) patients_.push_back(now + load.stay);
  while (!patients_.empty() && patients_.front() <= now) patients_.pop_front();
  const std::int64_t free = beds_ - static_cast<std::int64_t>(patients_.size());
  if (registered(shown, stay) && self->beds == free) return std::nullopt;
  core::UnitReport said;
  said.beds = free, said.admitted = admitted_;
  return report(shown, stay, said);
}

}  // namespace sim
