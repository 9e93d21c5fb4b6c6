#include "sim/world/lamps.hpp"

#include <algorithm>

namespace sim {

using core::Instant;

Lamps::Lamps(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, core::RecordSink& records)
    : timeline_{timeline}, machines_{scenario, seed, records}, alarms_(machines_.size(), Instant::never()) {}

void Lamps::obey(const core::LampOrder& order) {
  const core::LampReport answer = machines_.obey(timeline_.now(), order);
  set_alarm(machines_.place_of(order.lamp), machines_.keeper_of(order.lamp));
  report(answer);
}

void Lamps::wake(const Due& due) {
  if (alarms_[due.arg] != due.at) return;  // an order has moved it
  alarms_[due.arg] = Instant::never();
  const std::optional<core::LampReport> said = machines_.wake(timeline_.now(), due.arg);
  set_alarm(due.arg, due.node());
  if (said) report(*said);
}

core::LampReport Lamps::take_report(const Due& due) {
  free_.push_back(due.arg);
  return reports_[due.arg];
}

void Lamps::set_alarm(std::uint32_t place, core::Member keeper) {
  const Instant change = machines_.next_change(place);
  if (change == Instant::never()) return;
  const Instant due = std::max(change, timeline_.now());
  if (due == alarms_[place]) return;
  alarms_[place] = due;
  timeline_.push({due, Due::Kind::lamp_wake, keeper, 0, place});
}

void Lamps::report(const core::LampReport& report) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(reports_.size()));
    reports_.emplace_back();
  }
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  reports_[slot] = report;
  timeline_.push({timeline_.now(), Due::Kind::lamp_report, machines_.keeper_of(report.lamp), 0, slot});
}

}  // namespace sim
