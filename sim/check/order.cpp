#include "sim/check/order.hpp"

namespace sim {

using core::Record;

namespace {

std::string at_place(core::Seq seq) {
  return " at number " + std::to_string(seq);
}

}  // namespace

void OrderChecker::on_submit(const Record& record, EventIndex event) {
  if (!history_->facts(event).was_submitted()) return;
  findings_->violated(Invariant::integrity, record.at, [&] {
    return names_.of(record.node) + " submits " + names_.of(record.id) + " again, first submitted at " +
           in_seconds(history_->facts(event).submitted);
  });
}

void OrderChecker::on_deliver(const Record& record, EventIndex event) {
  check_agreement(record, event);
  check_gap(record);
  check_place(record, event);
  if (!record.id.internal()) check_fifo(record, event);
  check_causes(record, event);
}

void OrderChecker::check_agreement(const Record& record, EventIndex event) {
  findings_->saw(Invariant::prefix_agreement);
  const EventIndex first = history_->at(record.seq);
  if (first == 0 || first == event) return;
  findings_->violated(Invariant::prefix_agreement, record.at, [&] {
    return names_.of(record.node) + " delivers " + names_.of(record.id) + at_place(record.seq) +
           ", where another node delivered " + names_.of(history_->facts(first).id);
  });
}

void OrderChecker::check_gap(const Record& record) {
  findings_->saw(Invariant::no_gap);
  if (record.seq == history_->next(record.node)) return;
  findings_->violated(Invariant::no_gap, record.at, [&] {
    return names_.of(record.node) + " delivers " + names_.of(record.id) + at_place(record.seq) +
           ", though its next number is " + std::to_string(history_->next(record.node));
  });
}

void OrderChecker::check_place(const Record& record, EventIndex event) {
  findings_->saw(Invariant::integrity);
  const EventFacts& facts = history_->facts(event);
  if (facts.seq == 0) check_first_delivery(record, event);
  if (history_->holds(record.node, event)) {
    findings_->violated(Invariant::integrity, record.at, [&] {
      return names_.of(record.node) + " delivers " + names_.of(record.id) + " twice, now" + at_place(record.seq);
    });
  } else if (facts.seq != 0 && facts.seq != record.seq) {
    findings_->violated(Invariant::integrity, record.at, [&] {
      return names_.of(record.node) + " delivers " + names_.of(record.id) + at_place(record.seq) + ", which stands" +
             at_place(facts.seq) + " elsewhere";
    });
  }
}

// What is wrong with the event itself is said once, not for each node.
void OrderChecker::check_first_delivery(const Record& record, EventIndex event) {
  const EventFacts& facts = history_->facts(event);
  if (!record.id.internal() && !facts.was_submitted()) {
    findings_->violated(Invariant::integrity, record.at, [&] {
      return names_.of(record.node) + " delivers " + names_.of(record.id) + ", which nobody submitted";
    });
  }
  if (facts.rejected_by != 0) {
    findings_->violated(Invariant::integrity, record.at, [&] {
      return names_.of(record.node) + " delivers " + names_.of(record.id) + at_place(record.seq) + ", which " +
             names_.of(history_->facts(facts.rejected_by).id) + " has rejected";
    });
  }
}

void OrderChecker::on_rejection(const Record& record, EventIndex entry, EventIndex rejected) {
  const EventFacts& facts = history_->facts(rejected);
  if (facts.rejected_by == entry) return;
  const auto rejects = [&] { return names_.of(record.id) + " rejects " + names_.of(facts.id); };
  if (facts.rejected_by != 0) {
    findings_->violated(Invariant::integrity, record.at, [&] {
      return rejects() + at_place(record.seq) + ", and so does " + names_.of(history_->facts(facts.rejected_by).id);
    });
  } else if (facts.seq != 0) {
    findings_->violated(Invariant::integrity, record.at,
                        [&] { return rejects() + ", which is delivered" + at_place(facts.seq); });
  } else if (!facts.was_submitted()) {
    findings_->violated(Invariant::integrity, record.at, [&] { return rejects() + ", which nobody submitted"; });
  }
}

void OrderChecker::on_unknown_state(const Record& record, core::Seq unknown) {
  findings_->violated(Invariant::integrity, record.at, [&] {
    return names_.of(record.node) + " comes up holding everything up to " + std::to_string(record.seq) +
           ", but nobody ever delivered number " + std::to_string(unknown);
  });
}

void OrderChecker::check_fifo(const Record& record, EventIndex event) {
  findings_->saw(Invariant::fifo);
  const std::uint64_t last = history_->last_of_origin(record.node, event);
  if (record.id.number > last || history_->holds(record.node, event)) return;  // a repetition is integrity's matter
  findings_->violated(Invariant::fifo, record.at, [&] {
    return names_.of(record.node) + " delivers " + names_.of(record.id) + " after " +
           names_.of(core::EventId{record.id.origin, last}) + ", which was submitted later";
  });
}

void OrderChecker::check_causes(const Record& record, EventIndex event) {
  if (record.event == nullptr) return;
  const std::vector<core::EventId>& causes = record.event->depends_on;
  const EventFacts& facts = history_->facts(event);
  if (facts.was_submitted() && facts.causes != fingerprint(causes)) {
    findings_->violated(Invariant::causal, record.at, [&] {
      return names_.of(record.node) + " delivers " + names_.of(record.id) +
             " with other dependencies than it was submitted with";
    });
  }
  for (const core::EventId cause : causes) {
    findings_->saw(Invariant::causal);
    if (history_->holds(record.node, cause)) continue;
    findings_->violated(Invariant::causal, record.at, [&] {
      return names_.of(record.node) + " delivers " + names_.of(record.id) + " before " + names_.of(cause) +
             ", on which it depends";
    });
  }
}

}  // namespace sim
