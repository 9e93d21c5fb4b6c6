#include "sim/check/durability.hpp"

namespace sim {

using core::Record;

std::string DurabilityChecker::acknowledged(EventIndex event) const {
  const EventFacts& facts = history_->facts(event);
  return names_.of(facts.id) + ", acknowledged at number " + std::to_string(facts.acked) + ", ";
}

void DurabilityChecker::on_ack(const Record& record, EventIndex event) {
  findings_->saw(Invariant::durability);
  EventFacts& facts = history_->facts(event);
  if (facts.acked != 0) {  // each is told once, whatever happens to its submitter
    findings_->violated(Invariant::durability, record.at, [&] {
      return acknowledged(event) + "is acknowledged again at number " + std::to_string(record.seq);
    });
    return;
  }
  facts.acked = record.seq;
  acked_.insert(event);
  EventIndex& promised = promised_.at(record.seq);
  if (promised == 0) promised = event;
  const EventIndex there = history_->at(record.seq) != 0 ? history_->at(record.seq) : promised;
  if (facts.seq != 0 && facts.seq != record.seq) {
    findings_->violated(Invariant::durability, record.at,
                        [&] { return acknowledged(event) + "is delivered at number " + std::to_string(facts.seq); });
  } else if (there != event) {
    findings_->violated(Invariant::durability, record.at, [&] {
      return acknowledged(event) + "has to share it with " + names_.of(history_->facts(there).id);
    });
  } else if (facts.rejected_by != 0) {
    findings_->violated(Invariant::durability, record.at, [&] {
      return acknowledged(event) + "is rejected by " + names_.of(history_->facts(facts.rejected_by).id);
    });
  }
}

void DurabilityChecker::on_deliver(const Record& record, EventIndex event) {
  const EventFacts& facts = history_->facts(event);
  const EventIndex promised = promised_.get(record.seq);
  if (facts.acked != 0 && facts.acked != record.seq) {
    findings_->violated(Invariant::durability, record.at, [&] {
      return acknowledged(event) + "is delivered at number " + std::to_string(record.seq) + " by " +
             names_.of(record.node);
    });
  } else if (promised != 0 && promised != event) {
    findings_->violated(Invariant::durability, record.at, [&] {
      return acknowledged(promised) + "has lost its place at " + names_.of(record.node) + ", which delivers " +
             names_.of(record.id) + " there";
    });
  }
}

void DurabilityChecker::on_rejection(const Record& record, EventIndex entry, EventIndex rejected) {
  const EventFacts& facts = history_->facts(rejected);
  if (facts.acked == 0 || facts.rejected_by == entry) return;
  findings_->violated(Invariant::durability, record.at,
                      [&] { return acknowledged(rejected) + "is rejected by " + names_.of(record.id); });
}

void DurabilityChecker::end(core::Instant at) {
  acked_.each([&](std::size_t index) {
    const auto event = static_cast<EventIndex>(index);
    if (history_->facts(event).seq != 0) return;
    findings_->violated(Invariant::durability, at,
                        [&] { return acknowledged(event) + "was never delivered by anybody"; });
  });
  check_nodes(at);
}

// Whoever has gone beyond an acknowledged event's number must hold the event.
void DurabilityChecker::check_nodes(core::Instant at) {
  for (std::size_t node = 0; node < history_->members(); ++node) {
    const auto member = static_cast<core::Member>(node);
    acked_.minus(history_->held(member)).each([&](std::size_t index) {
      const auto event = static_cast<EventIndex>(index);
      const EventFacts& facts = history_->facts(event);
      if (facts.seq == 0 || facts.acked >= history_->next(member)) return;
      findings_->violated(Invariant::durability, at, [&] {
        return acknowledged(event) + "is missing at " + names_.of(member) + ", which has delivered up to number " +
               std::to_string(history_->next(member) - 1);
      });
    });
  }
}

}  // namespace sim
