#include <algorithm>

#include "core/group/voters.hpp"
#include "sim/check/detector.hpp"
#include "sim/check/dispatch.hpp"
#include "sim/check/durability.hpp"
#include "sim/check/epochs.hpp"
#include "sim/check/expectations.hpp"
#include "sim/check/lights.hpp"
#include "sim/check/order.hpp"
#include "sim/check/verdict.hpp"

namespace sim {

using core::Instant;
using core::Kind;
using core::Record;

// The facts first, then the checkers that read them.
struct Judge::Parts {
  explicit Parts(const Scenario& given)
      : scenario{given},
        findings{given.expect},
        electorate{given.group},
        connectivity{given.group, electorate},
        leadership{given.group},
        history{given.group.size()},
        order{given.group, history, findings},
        epochs{given.group, findings},
        durability{given.group, history, findings},
        dispatch{given.group, findings},
        periods{{given, electorate, connectivity, leadership, history}, findings},
        lights{{given, electorate, connectivity, periods}, findings},
        detector{given.group.size(), connectivity} {}

  void on(const Record& record);
  void on_node(const Record& record);
  void on_role(const Record& record);
  void on_disturbance(const Record& record);
  void on_boot(const Record& record);
  void on_snapshot(const Record& record);
  void on_submit(const Record& record);
  void on_deliver(const Record& record);
  void on_rejection(const Record& record, EventIndex event);
  void on_proposed_voters(const Record& record);
  void on_new_voters(const Record& record);
  void on_violation(const Record& record);
  // What comes between these two disturbs: it is entered into the facts.
  void close(Instant at);
  void open(Instant at) { periods.open(at); }
  void hand_over(std::vector<Violation>& fresh) {
    counts[static_cast<std::size_t>(Kind::violation)] += findings.hand_over(fresh);
  }
  [[nodiscard]] bool concerns(Invariant invariant) const;
  [[nodiscard]] std::vector<std::string> notes() const;
  [[nodiscard]] bool only_allowed_violations() const;

  const Scenario& scenario;
  Findings findings;
  Electorate electorate;
  Connectivity connectivity;
  Leadership leadership;
  History history;
  OrderChecker order;
  EpochChecker epochs;
  DurabilityChecker durability;
  DispatchChecker dispatch;
  Periods periods;
  LightsChecker lights;
  DetectorMeter detector;
  KindCounts counts{};
  Instant ended;
};

void Judge::Parts::on(const Record& record) {
  if (record.kind == Kind::violation) return on_violation(record);
  ++counts[static_cast<std::size_t>(record.kind)];
  switch (record.kind) {
    case Kind::send:
    case Kind::recv:
    case Kind::drop:
    case Kind::reject:
      return;
    case Kind::fault:
    case Kind::heal:
      return on_disturbance(record);
    default:
      if (record.node < scenario.group.size()) on_node(record);
  }
}

void Judge::Parts::on_node(const Record& record) {
  switch (record.kind) {
    case Kind::deliver:
      return on_deliver(record);
    case Kind::submit:
      return on_submit(record);
    case Kind::dispatch:
      return dispatch.on(record);
    case Kind::ack:
      dispatch.on_ack(record);
      if (!electorate.halted()) durability.on_ack(record, history.index_of(record.id));
      return;
    case Kind::snapshot:
      return on_snapshot(record);
    case Kind::suspect:
    case Kind::trust:
      return detector.on(record);
    case Kind::order:
      if (electorate.propose_voters(record)) return on_proposed_voters(record);
      return epochs.on(record);
    case Kind::commit:
      return epochs.on(record);
    case Kind::role:
      return on_role(record);
    case Kind::light:
      return lights.on(record);
    case Kind::leader:
      epochs.on(record);
      leadership.on(record);
      return;
    default:
      return on_disturbance(record);
  }
}

void Judge::Parts::on_role(const Record& record) {
  epochs.on(record);
  bool changed = leadership.on(record);
  if (electorate.on(record)) {
    periods.leadership_changed(record.at);
    connectivity.compute_sides();
    lights.sides_changed(record.at);
    changed = true;
  }
  if (changed) periods.leadership_changed(record.at);
}

void Judge::Parts::on_disturbance(const Record& record) {
  close(record.at);
  if (record.node < scenario.group.size()) {
    epochs.on(record);
    detector.on(record);
    leadership.on(record);
    electorate.on(record);
    if (record.kind == Kind::crash && scenario.group.storage == core::Storage::memory) history.forget(record.node);
    if (record.kind == Kind::start || record.kind == Kind::restart) on_boot(record);
  }
  connectivity.on(record);
  open(record.at);
}

void Judge::Parts::close(Instant at) {
  periods.close(at);
  lights.close(at);
}

void Judge::Parts::on_boot(const Record& record) {
  if (electorate.forgets(record)) {
    epochs.forget(record.node);
    history.forget(record.node);
  }
  dispatch.begin_anew(record.node, record.seq);
  const auto unknown = history.cover(record.node, record.seq);
  if (unknown) order.on_unknown_state(record, *unknown);
}

void Judge::Parts::on_snapshot(const Record& record) {
  if (record.seq < history.next(record.node)) return;  // it had all that
  dispatch.begin_anew(record.node, record.seq);
  const auto unknown = history.cover(record.node, record.seq);
  if (unknown) order.on_unknown_state(record, *unknown);
}

void Judge::Parts::on_submit(const Record& record) {
  const EventIndex event = history.index_of(record.id);
  order.on_submit(record, event);
  if (!history.facts(event).was_submitted()) history.submit(record, event);
  dispatch.on_submit(record);
}

void Judge::Parts::on_deliver(const Record& record) {
  const EventIndex event = history.index_of(record.id);
  order.on_deliver(record, event);
  if (!electorate.halted()) durability.on_deliver(record, event);
  if (record.id.internal() && record.event != nullptr) {
    if (record.event->type == "rejected") on_rejection(record, event);
    if (core::changes_voters(*record.event) && history.facts(event).seq == 0) on_new_voters(record);
  }
  history.deliver(record.node, record.seq, event);
  dispatch.on_deliver(record);
}

void Judge::Parts::on_rejection(const Record& record, EventIndex event) {
  const EventIndex rejected = history.index_of(record.event->rejects);
  order.on_rejection(record, event, rejected);
  if (!electorate.halted()) durability.on_rejection(record, event, rejected);
  if (history.facts(rejected).rejected_by == 0) history.facts(rejected).rejected_by = event;
}

void Judge::Parts::on_proposed_voters(const Record& record) {
  close(record.at);
  connectivity.compute_sides();
  epochs.on(record);
  open(record.at);
}

void Judge::Parts::on_new_voters(const Record& record) {
  close(record.at);
  electorate.change_voters(record);
  connectivity.compute_sides();
  open(record.at);
}

// A node that stops itself over a breach says so. The judge's own violations, which have no node, may come back
// with the rest of the trace; they are known already.
void Judge::Parts::on_violation(const Record& record) {
  if (record.node == core::kNobody || record.more == nullptr) return;
  ++counts[static_cast<std::size_t>(Kind::violation)];
  findings.reported(record.more->text, record.at, record.more->detail);
}

// Nobody misses an application that the group does not have.
bool Judge::Parts::concerns(Invariant invariant) const {
  if (invariant >= Invariant::no_conflicting_green) return scenario.group.city.lights.intersections > 0;
  return invariant < Invariant::no_double_dispatch || scenario.group.city.dispatch.on;
}

std::vector<std::string> Judge::Parts::notes() const {
  std::vector<std::string> notes;
  for (std::size_t i = 0; scenario.expect.all_invariants && i < kInvariants; ++i) {
    const std::string_view name = name_of(static_cast<Invariant>(i));
    if (findings.seen(name) == 0 && concerns(static_cast<Invariant>(i)))
      notes.push_back("not exercised: " + std::string{name});
  }
  if (!periods.any_settled()) notes.emplace_back("no settled period");
  if (electorate.halted())
    notes.push_back("halted by design at " + in_seconds(*electorate.halted()) + ": fewer than a quorum remember");
  return notes;
}

bool Judge::Parts::only_allowed_violations() const {
  const auto in = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return std::all_of(findings.counts().begin(), findings.counts().end(), [&](const auto& entry) {
    return in(scenario.expect.violations, entry.first) || in(scenario.expect.tolerated, entry.first);
  });
}

Judge::Judge(const Scenario& scenario) : parts_{std::make_unique<Parts>(scenario)} {}
Judge::~Judge() = default;

void Judge::on(const Record& record, std::vector<Violation>& fresh) {
  parts_->on(record);
  parts_->hand_over(fresh);
}

void Judge::end(Instant at, std::vector<Violation>& fresh) {
  parts_->ended = at;
  parts_->lights.close(at);
  parts_->periods.end(at);
  if (!parts_->electorate.halted()) parts_->durability.end(at);
  parts_->hand_over(fresh);
}

Judgement Judge::judgement(const std::vector<std::string>& fault_problems) const {
  const Parts& parts = *parts_;
  Judgement result;
  result.violations = parts.findings.kept();
  result.violation_count = parts.findings.total();
  result.expectations = answer({parts.scenario, parts.findings, parts.electorate, parts.connectivity, parts.leadership,
                                parts.history, parts.periods, parts.dispatch, parts.counts, parts.ended},
                               fault_problems);
  result.notes = parts.notes();
  result.leader = parts.leadership.of_all(parts.connectivity);
  result.epoch =
      result.leader == core::kNobody ? parts.leadership.highest_epoch() : parts.leadership.epoch_of(result.leader);
  result.leaderless = parts.periods.leaderless();
  result.longest_leaderless = parts.periods.longest_leaderless();
  result.detector = parts.detector.report();
  result.settled_at_end = parts.periods.ended_settled();
  result.halted = parts.electorate.halted().has_value();
  result.passed =
      parts.only_allowed_violations() && std::all_of(result.expectations.begin(), result.expectations.end(),
                                                     [](const Expectation& expectation) { return expectation.held; });
  return result;
}

}  // namespace sim
