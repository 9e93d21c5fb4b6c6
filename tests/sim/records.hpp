// Hand-made runs for the checkers: each call is one record at the current time.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/group/voters.hpp"
#include "sim/check/verdict.hpp"

namespace records {

using core::Duration;
using core::EventId;
using core::Kind;
using core::Link;
using core::Member;
using core::Record;

constexpr Member n1 = 0, n2 = 1, n3 = 2, n4 = 3, n5 = 4;

// n1..nN with ascending ids, everything else by default; settle is 15 s.
inline sim::Scenario group_of(std::size_t nodes) {
  sim::Scenario scenario;
  for (std::size_t i = 1; i <= nodes; ++i) scenario.group.members.push_back({"n" + std::to_string(i), {0, i}, 0});
  scenario.expect.settle = Duration::s(15);
  return scenario;
}

// Both directions of every pair across the two groups.
inline std::vector<Link> between(const std::vector<Member>& a, const std::vector<Member>& b) {
  std::vector<Link> links;
  for (const Member x : a) {
    for (const Member y : b) links.insert(links.end(), {{x, y}, {y, x}});
  }
  return links;
}

class Tape {
 public:
  explicit Tape(sim::Scenario given) : scenario{std::move(given)} {}
  explicit Tape(std::size_t nodes) : Tape{group_of(nodes)} {}

  sim::Scenario scenario;                // to be changed before the first record only
  std::vector<sim::Violation> fresh;     // what the judge wanted in the trace
  core::RecordSink* listener = nullptr;  // hears every record, also of what the judge finds

  Tape& at(Duration when) { return now_ = {when.ns}, *this; }
  Tape& at_s(std::int64_t seconds) { return at(Duration::s(seconds)); }

  Tape& start_all() {
    for (std::size_t i = 0; i < scenario.group.size(); ++i) put(Kind::start, static_cast<Member>(i), {.number = 1});
    return *this;
  }
  Tape& start(Member node) { return put(Kind::start, node, {.number = 1}); }
  Tape& crash(Member node) { return put(Kind::crash, node, {}); }
  Tape& restart(Member node, core::Seq applied = 0) { return put(Kind::restart, node, {.seq = applied, .number = 2}); }
  Tape& restart_forgetful(Member node) { return put(Kind::restart, node, {.forgot = true, .number = 2}); }
  // It asks to leave; it has left.
  Tape& leave(Member node) { return put(Kind::leave, node, {}); }
  Tape& left(Member node) { return put(Kind::crash, node, {.left = true}); }
  Tape& refuse(Member node, Member peer) {
    const core::Details details{
        .text = "timing.heartbeat_interval is 1s here and 2s there", .detail = "", .nodes = {}, .closed = {}};
    return put(Kind::refused, node, {.peer = peer, .more = &details});
  }
  Tape& pause(Member node) { return put(Kind::pause, node, {}); }
  Tape& resume(Member node) { return put(Kind::resume, node, {}); }

  Tape& role(Member node, core::Role role, core::Epoch epoch) {
    return put(Kind::role, node, {.role = role, .epoch = epoch});
  }
  Tape& lead(Member node, core::Epoch epoch) { return role(node, core::Role::leader, epoch); }
  Tape& follow(Member node, core::Epoch epoch) { return role(node, core::Role::follower, epoch); }
  Tape& recover(Member node) { return role(node, core::Role::recovering, 0); }
  Tape& believe(Member node, Member leader, core::Epoch epoch) {
    return put(Kind::leader, node, {.peer = leader, .epoch = epoch});
  }
  Tape& suspect(Member node, Member peer) { return put(Kind::suspect, node, {.peer = peer}); }
  Tape& trust(Member node, Member peer) { return put(Kind::trust, node, {.peer = peer}); }

  // The event's `submit`, at its origin.
  Tape& submit(EventId id, std::vector<EventId> depends_on = {}) {
    core::Event& event = known(id);
    event.depends_on = std::move(depends_on);
    return put(Kind::submit, id.member(), {.id = id, .event = &event});
  }
  Tape& order(Member node, core::Seq seq, EventId id, core::Epoch epoch = 1) {
    return put(Kind::order, node, {.epoch = epoch, .seq = seq, .id = id});
  }
  Tape& commit(Member node, core::Seq seq) { return put(Kind::commit, node, {.epoch = 1, .seq = seq}); }
  Tape& ack(EventId id, core::Seq seq) { return put(Kind::ack, id.member(), {.seq = seq, .id = id}); }
  Tape& deliver(Member node, core::Seq seq, EventId id) {
    return put(Kind::deliver, node, {.epoch = 1, .seq = seq, .id = id, .event = &known(id)});
  }
  Tape& deliver(const std::vector<Member>& nodes, core::Seq seq, EventId id) {
    for (const Member node : nodes) deliver(node, seq, id);
    return *this;
  }
  // An entry of the group's own that turns `id` down is delivered.
  Tape& deliver_rejection(Member node, core::Seq seq, EventId entry, EventId id) {
    known(entry).type = "rejected";
    known(entry).rejects = id;
    return deliver(node, seq, entry);
  }

  // The entry that makes these the voters is given its place.
  Tape& order_voters(Member node, core::Seq seq, EventId entry, const std::string& voters, core::Epoch epoch = 1) {
    known(entry).type = core::kVotersChanged;
    known(entry).payload = voters;
    return put(Kind::order, node, {.epoch = epoch, .seq = seq, .id = entry, .event = &known(entry)});
  }
  // It is delivered.
  Tape& deliver_voters(const std::vector<Member>& nodes, core::Seq seq, EventId entry, const std::string& voters) {
    known(entry).type = core::kVotersChanged;
    known(entry).payload = voters;
    return deliver(nodes, seq, entry);
  }
  Tape& snapshot(Member node, core::Seq seq) { return put(Kind::snapshot, node, {.epoch = 1, .seq = seq}); }

  Tape& fault(const std::string& name, std::uint64_t number, std::vector<Link> closed = {},
              std::vector<Member> nodes = {}) {
    return connectivity(Kind::fault, name, number, std::move(closed), std::move(nodes));
  }
  Tape& heal(const std::string& name, std::uint64_t number, std::vector<Link> closed = {},
             std::vector<Member> nodes = {}) {
    return connectivity(Kind::heal, name, number, std::move(closed), std::move(nodes));
  }
  Tape& put(Kind kind, Member node, Record record) {
    record.at = now_;
    record.kind = kind;
    record.node = node;
    if (!judge_) judge_.emplace(scenario);
    if (listener != nullptr) listener->on(record);
    judge_->on(record, fresh);
    tell_fresh();
    return *this;
  }

  sim::Judgement end_s(std::int64_t seconds, const std::vector<std::string>& fault_problems = {}) {
    at_s(seconds);
    if (!judge_) judge_.emplace(scenario);
    judge_->end(now_, fresh);
    tell_fresh();
    return judge_->judgement(fault_problems);
  }
  // Ends the run where it is and names what was violated.
  std::set<std::string> broken() {
    judge_->end(now_, fresh);
    std::set<std::string> names;
    for (const sim::Violation& violation : judge_->judgement({}).violations) names.insert(violation.invariant);
    return names;
  }

 private:
  Tape& connectivity(Kind kind, const std::string& name, std::uint64_t number, std::vector<Link> closed,
                     std::vector<Member> nodes) {
    core::Details details;
    details.nodes = std::move(nodes);
    details.text = name;
    details.closed = std::move(closed);
    return put(kind, core::kNobody, {.number = number, .more = &details});
  }
  void tell_fresh() {
    for (; told_ < fresh.size() && listener != nullptr; ++told_) {
      const core::Details details{
          .text = fresh[told_].invariant, .detail = fresh[told_].detail, .nodes = {}, .closed = {}};
      Record record;
      record.at = now_;
      record.kind = Kind::violation;
      record.more = &details;
      listener->on(record);
    }
  }
  core::Event& known(EventId id) {
    events_[id].id = id;
    return events_[id];
  }

  core::Instant now_;
  std::size_t told_ = 0;  // of `fresh`, to the listener
  std::map<EventId, core::Event> events_;
  std::optional<sim::Judge> judge_;
};

inline std::set<std::string> names_of(const std::vector<sim::Violation>& violations) {
  std::set<std::string> names;
  for (const sim::Violation& violation : violations) names.insert(violation.invariant);
  return names;
}

}  // namespace records
