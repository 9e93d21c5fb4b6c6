#include "sim/world/recorder.hpp"

#include <utility>

#include "sim/world/record_digest.hpp"

namespace sim {

Recorder::Recorder(const Scenario& scenario, const Timeline& timeline, std::span<core::RecordSink* const> sinks)
    : timeline_{timeline}, sinks_{sinks}, judge_{scenario} {
  for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
    const auto* when = std::get_if<When>(&scenario.faults[i].trigger);
    if (when == nullptr) continue;
    watches_.push_back({when->kind, when->nth, static_cast<std::uint32_t>(i)});
    watched_[static_cast<std::size_t>(when->kind)] = true;
  }
}

void Recorder::on(core::Record& record) {
  record.at = timeline_.now();
  keep(record);
  judge_.on(record, fresh_);
  if (!fresh_.empty()) keep_fresh();
}

void Recorder::keep(const core::Record& record) {
  absorb(hasher_, record);
  const auto kind = static_cast<std::size_t>(record.kind);
  ++counts_[kind];
  for (core::RecordSink* sink : sinks_) sink->on(record);
  if (watched_[kind]) fire(record);
}

// The judge does not judge its own words, but faults may wait for them.
void Recorder::keep_fresh() {
  for (const Violation& violation : std::exchange(fresh_, {})) {
    const core::Details details{.text = violation.invariant, .detail = violation.detail, .nodes = {}, .closed = {}};
    core::Record record;
    record.at = timeline_.now();
    record.kind = core::Kind::violation;
    record.more = &details;
    keep(record);
  }
}

void Recorder::fire(const core::Record& record) {
  for (const Watch& watch : watches_)
    if (watch.kind == record.kind && watch.nth == count(record.kind)) fired_.push_back({watch.fault, record.node});
}

Fired Recorder::take_fired() {
  const Fired first = fired_.front();
  fired_.erase(fired_.begin());
  return first;
}

Outcome Recorder::end(std::uint64_t events, const std::vector<std::string>& fault_problems) {
  judge_.end(timeline_.now(), fresh_);
  keep_fresh();
  Outcome outcome;
  outcome.judgement = judge_.judgement(fault_problems);
  outcome.digest = hasher_.digest();
  outcome.counts = counts_;
  outcome.events = events;
  outcome.end = timeline_.now();
  return outcome;
}

}  // namespace sim
