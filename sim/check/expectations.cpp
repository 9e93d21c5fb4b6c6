#include "sim/check/expectations.hpp"

#include <algorithm>

#include "sim/check/names.hpp"

namespace sim {

using core::kNobody;
using core::Member;

namespace {

std::string joined(const std::vector<std::string>& parts, const char* separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

Expectation named_invariant(const std::string& name, const Findings& findings) {
  const std::uint64_t seen = findings.seen(name);
  if (seen == 0) return {name, false, "not exercised: the run had nothing that it judges"};
  return {name, true, "judged " + counted(seen, "time") + ", violated " + counted(findings.count(name), "time")};
}

Expectation violations(const std::vector<std::string>& names, const Findings& findings) {
  bool held = true;
  std::vector<std::string> parts;
  for (const std::string& name : names) {
    const std::uint64_t count = findings.count(name);
    held = held && count > 0;
    parts.push_back(name + (count == 0 ? " held, though it must be violated" : " violated " + counted(count, "time")));
  }
  return {"violations", held, joined(parts, "; ")};
}

// What each node of a side should name.
bool names_right(const Expect::FinalLeader& wanted, Member believed, Member first_believed, Member highest) {
  using Who = Expect::FinalLeader::Who;
  switch (wanted.who) {
    case Who::member:
      return believed == wanted.member;
    case Who::highest:
      return believed == highest && highest != kNobody;
    case Who::any:
      return believed != kNobody && believed == first_believed;
    case Who::none:
      return believed == kNobody;
  }
  return false;
}

bool any_majority(const Connectivity& connectivity) {
  const std::vector<Side>& sides = connectivity.sides();
  return std::any_of(sides.begin(), sides.end(), [](const Side& side) { return side.majority; });
}

// The nodes of connected majorities are asked; if there is none, all live nodes.
Expectation final_leader(const Expect::FinalLeader& wanted, const Evidence& evidence) {
  const Names names{evidence.scenario.group};
  const bool majority = any_majority(evidence.connectivity);
  bool held = true;
  Member shared = kNobody;  // when it held
  std::vector<std::string> parts;
  for (const Side& side : evidence.connectivity.sides()) {
    if (majority && !side.majority) continue;
    Member first = kNobody;
    side.members.each([&](std::size_t node) {
      const Member believed = evidence.leadership.believed_by(static_cast<Member>(node));
      if (first == kNobody) first = shared = believed;
      held = held && names_right(wanted, believed, first, side.highest);
      parts.push_back(names.of(static_cast<Member>(node)) + " follows " + names.of(believed));
    });
  }
  if (parts.empty()) return {"final_leader", false, "no node is live at the end"};
  if (held && parts.size() > 1)
    return {"final_leader", held,
            names.of(shared) + " is followed by all " + std::to_string(parts.size()) + " nodes asked"};
  return {"final_leader", held, joined(parts, ", ")};
}

Expectation leader_within(Duration limit, const Evidence& evidence) {
  const Periods& periods = evidence.periods;
  if (!periods.any_majority()) return {"leader_within", false, "there never was a connected majority"};
  if (evidence.leadership.highest_epoch() == 0) return {"leader_within", false, "nobody ever led"};
  const Duration longest = periods.longest_leaderless();
  return {"leader_within", longest <= limit,
          "the longest time in which a connected majority had no leader was " + in_seconds(longest) + ", from " +
              in_seconds(periods.longest_from()) + " on; the limit is " + in_seconds(limit)};
}

Expectation delivered_all(const Evidence& evidence) {
  const Names names{evidence.scenario.group};
  const core::Timing& timing = evidence.scenario.group.timing;
  const core::Instant latest = evidence.end - (timing.election_timeout + timing.hold_timeout);
  Bits everybody;
  for (std::size_t node = 0; node < evidence.scenario.group.size(); ++node) everybody.insert(node);
  const Bits due = evidence.history.accepted(latest, everybody);
  if (const auto halted = evidence.electorate.halted())
    return {"delivered", true, "nothing is asked for: the group has halted by design at " + in_seconds(*halted)};
  if (due.count() == 0) return {"delivered", false, "no event was accepted by " + in_seconds(latest)};
  std::vector<std::string> parts;
  const Bits live = evidence.connectivity.live_nodes();
  live.each([&](std::size_t node) {
    const std::vector<EventIndex> open = evidence.history.undecided(static_cast<Member>(node), due);
    if (open.empty()) return;
    parts.push_back(names.of(static_cast<Member>(node)) + " lacks " + counted(open.size(), "event") + ", the first " +
                    names.of(evidence.history.facts(open.front()).id));
  });
  if (live.count() == 0) return {"delivered", false, "no node is live at the end"};
  if (!parts.empty()) return {"delivered", false, joined(parts, "; ")};
  return {"delivered", true,
          counted(due.count(), "event") + " accepted by " + in_seconds(latest) + " decided at " +
              counted(live.count(), "live node")};
}

Expectation completed_all(const Evidence& evidence) {
  const core::Instant latest = evidence.end - evidence.scenario.expect.settle;
  if (const auto halted = evidence.electorate.halted())
    return {"completed", true, "nothing is asked for: the group has halted by design at " + in_seconds(*halted)};
  if (!evidence.periods.ended_settled() || !any_majority(evidence.connectivity))
    return {"completed", true, "nothing is asked for: the run does not end with a connected majority, settled"};
  const DispatchChecker::Account account = evidence.dispatch.account(latest);
  if (account.acknowledged == 0) return {"completed", false, "no crash was acknowledged by " + in_seconds(latest)};
  const std::string all = std::to_string(account.acknowledged) + (account.acknowledged == 1 ? " crash" : " crashes") +
                          " acknowledged by " + in_seconds(latest);
  if (account.open.empty()) return {"completed", true, all + ", all completed"};
  return {"completed", false,
          std::to_string(account.open.size()) + " of " + all + " not completed, the first " + account.open.front()};
}

Expectation at_least(const Evidence& evidence) {
  bool held = true;
  std::vector<std::string> parts;
  for (const auto& [kind, wanted] : evidence.scenario.expect.at_least) {
    const std::uint64_t count = evidence.counts[static_cast<std::size_t>(kind)];
    held = held && count > 0 && count >= wanted;
    parts.push_back(std::to_string(count) + " " + std::string{name_of(kind)} + ", wanted " + std::to_string(wanted));
  }
  return {"at_least", held, joined(parts, "; ")};
}

}  // namespace

std::vector<Expectation> answer(const Evidence& evidence, const std::vector<std::string>& fault_problems) {
  const Expect& expect = evidence.scenario.expect;
  std::vector<Expectation> answers;
  if (!expect.all_invariants) {
    for (const std::string& name : expect.invariants) answers.push_back(named_invariant(name, evidence.findings));
  }
  if (!expect.violations.empty()) answers.push_back(violations(expect.violations, evidence.findings));
  if (expect.final_leader) answers.push_back(final_leader(*expect.final_leader, evidence));
  if (expect.leader_within) answers.push_back(leader_within(*expect.leader_within, evidence));
  if (expect.delivered_all) answers.push_back(delivered_all(evidence));
  if (expect.completed_all) answers.push_back(completed_all(evidence));
  if (!expect.at_least.empty()) answers.push_back(at_least(evidence));
  if (!evidence.scenario.faults.empty()) {
    const bool held = fault_problems.empty();
    answers.push_back({"faults", held, held ? "every fault found its target" : joined(fault_problems, "; ")});
  }
  return answers;
}

}  // namespace sim
