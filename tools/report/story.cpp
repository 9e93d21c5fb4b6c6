#include "tools/report/story.hpp"

#include <algorithm>
#include <utility>

#include "core/group/voters.hpp"
#include "sim/scenario/units.hpp"
#include "tools/report/detector.hpp"
#include "tools/report/findings.hpp"
#include "tools/report/happenings.hpp"
#include "tools/report/links.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Record;

constexpr std::size_t kFirstLines = 14, kLastLines = 6;  // of a long story

std::string right_aligned(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

}  // namespace

Story::Story(const sim::Scenario& scenario)
    : scenario_(scenario),
      names_(scenario.group),
      timeline_(scenario),
      leads_(scenario.group.size(), 0),
      voters_(core::founders_of(scenario.group)) {}

void Story::on(const Record& record) {
  timeline_.on(record);
  switch (record.kind) {
    case Kind::start:
    case Kind::restart:
    case Kind::crash:
    case Kind::pause:
    case Kind::resume:
    case Kind::leave:
      return on_node(record);
    case Kind::deliver:
      return on_deliver(record);
    case Kind::snapshot:
      return line(record.at, names_.of(record.node) + " receives the state up to number " + std::to_string(record.seq));
    case Kind::refused:
      return on_refusal(record);
    case Kind::role:
      return on_role(record);
    case Kind::fault:
    case Kind::heal:
      return on_fault(record);
    case Kind::violation:
      if (violated_.insert(record.more->text).second) line(record.at, record.more->text + " is violated, first");
      return;
    default:
      return;
  }
}

void Story::on_node(const Record& record) {
  const Record& first = crowd_.first;
  const bool same = first.kind == record.kind && first.forgot == record.forgot && first.left == record.left;
  if (crowd_.members.empty() || !same || first.at != record.at) {
    settle_crowd();
    crowd_ = {record, {}};
  }
  crowd_.members.push_back(record.node);
  const bool lost = record.kind == Kind::crash || record.kind == Kind::pause;
  if (lost && leads_[record.node] != 0)
    loses_leader(record, names_.of(record.node) + (record.kind == Kind::crash ? " crashed" : " was paused"));
  if (record.kind != Kind::crash) return;
  leads_[record.node] = 0;
  asking_.erase(record.node);
}

void Story::on_role(const Record& record) {
  core::Epoch& led = leads_[record.node];
  const std::string name = names_.of(record.node);
  if (record.role != core::Role::recovering) asking_.erase(record.node);
  if (record.role == core::Role::recovering && asking_.insert(record.node).second)
    line(record.at, name + " asks the others what it has forgotten");
  if (record.role == core::Role::leader) {
    std::string text = name + " leads epoch " + std::to_string(record.epoch);
    if (loss_ && record.epoch > newest_)
      text += ", " + sim::in_seconds(record.at - loss_->at) + " after " + loss_->text;
    if (record.epoch > newest_) loss_.reset();
    newest_ = std::max(newest_, record.epoch);
    led = record.epoch;
    line(record.at, text);
  } else if (led != 0) {
    line(record.at, name + " leads epoch " + std::to_string(led) + " no more");
    loses_leader(record, name + " stepped down");
    led = 0;
  }
}

void Story::loses_leader(const Record& record, const std::string& how) {
  if (leads_[record.node] == newest_ && !loss_) loss_ = {record.at, how};
}

void Story::on_fault(const Record& record) {
  const std::string text = fault_in_words(record, scenario_);
  if (!text.empty()) line(record.at, text);
}

// Once for each entry, when somebody delivers it first.
void Story::on_deliver(const Record& record) {
  if (record.event == nullptr || !core::changes_voters(*record.event)) return;
  if (!changes_.insert(record.id).second) return;
  const core::MemberSet before = std::exchange(voters_, core::voters_in(record.event->payload, leads_.size()));
  std::vector<core::Member> voters, fresh, gone;
  for (core::Member member = 0; member < leads_.size(); ++member) {
    if (voters_.has(member)) voters.push_back(member);
    if (voters_.has(member) && !before.has(member)) fresh.push_back(member);
    if (!voters_.has(member) && before.has(member)) gone.push_back(member);
  }
  std::string text = "the voters now: ";
  if (!gone.empty()) text = members_in_words(gone, scenario_.group) + " votes no more: ";
  if (!fresh.empty()) text = members_in_words(fresh, scenario_.group) + " votes now: ";
  line(record.at, text + members_in_words(voters, scenario_.group));
}

void Story::on_refusal(const Record& record) {
  if (!refusals_.insert({record.node, record.peer}).second) return;
  line(record.at, names_.of(record.node) + " refuses " + names_.of(record.peer) + ": " + record.more->text);
}

void Story::settle_crowd() {
  if (crowd_.members.empty()) return;
  const Record& first = crowd_.first;
  const bool several = crowd_.members.size() > 1;
  std::string text = members_in_words(crowd_.members, scenario_.group) + " " + happens(first, several);
  const bool covers = (first.kind == Kind::start || first.kind == Kind::restart) && first.seq != 0;
  if (covers && !several) text += " with " + sim::counted(first.seq, "event") + " applied";
  lines_.push_back({first.at, std::move(text)});
  crowd_.members.clear();
}

void Story::line(core::Instant at, std::string text) {
  settle_crowd();
  lines_.push_back({at, std::move(text)});
}

std::string Story::tell(const Result& result, const Style& style, const std::string& program) {
  settle_crowd();
  const bool passed = result.outcome.judgement.passed;
  const bool explainable = !passed && result.job.mode == Mode::sim;
  const std::string hint = !explainable ? "" : "  explain it: " + explain_command(program, result.job) + "\n";
  const sim::Outcome& outcome = result.outcome;
  const std::string picture = timeline_.draw(outcome.end, outcome.judgement.leaderless, style);
  return title(result, style) + "\n" + picture + (picture.empty() ? "" : "\n") + told_lines() + "\n" +
         figures(outcome) + "\n" + verdict(result, style) + "  repeat: " + repeat_command(program, result.job) + "\n" +
         hint;
}

std::string Story::title(const Result& result, const Style& style) const {
  const core::Config& group = scenario_.group;
  std::string out = style.bold(scenario_.name) + " · seed " + std::to_string(result.job.seed) + " · " +
                    sim::counted(group.size(), "node") + ", quorum of " +
                    std::to_string(group.quorum_of(core::founders_of(group).count())) + " · " +
                    sim::show(scenario_.duration) + (result.job.mode == Mode::sim ? " of virtual time\n" : ", live\n");
  if (!scenario_.description.empty()) out += style.faint(scenario_.description) + "\n";
  return out;
}

std::string Story::told_lines() const {
  const std::size_t width = lines_.empty() ? 0 : sim::in_seconds(lines_.back().at).size();
  const bool all = lines_.size() <= kFirstLines + kLastLines + 1;
  std::string out;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::size_t left = lines_.size() - i;
    if (!all && i >= kFirstLines && left > kLastLines) {
      if (i == kFirstLines)
        out += "  " + std::string(width, ' ') + "  … " + std::to_string(left - kLastLines) + " more\n";
      continue;
    }
    out += "  " + right_aligned(sim::in_seconds(lines_[i].at), width) + "  " + lines_[i].text + "\n";
  }
  return out;
}

std::string Story::figures(const sim::Outcome& outcome) const {
  const auto count = [&](Kind kind) { return std::to_string(outcome.count(kind)); };
  const sim::Judgement& judgement = outcome.judgement;
  const auto row = [](const std::string& name, const std::string& text) {
    return "  " + padded(name, 16) + text + "\n";
  };
  std::string leader = "nobody";
  if (judgement.leader != core::kNobody)
    leader = names_.of(judgement.leader) + ", in epoch " + std::to_string(judgement.epoch);
  return row("leads at the end", leader) +
         row("without leader", "at most " + sim::in_seconds(judgement.longest_leaderless)) +
         row("events", count(Kind::submit) + " accepted, " + count(Kind::ack) + " acknowledged, " +
                           count(Kind::reject) + " rejected; " + count(Kind::deliver) + " deliveries at " +
                           sim::counted(scenario_.group.size(), "node")) +
         row("failure detector", detector_in_words(judgement.detector)) +
         row("messages",
             count(Kind::send) + " sent, " + count(Kind::recv) + " received, " + count(Kind::drop) + " lost");
}

std::string Story::verdict(const Result& result, const Style& style) const {
  const sim::Judgement& judgement = result.outcome.judgement;
  std::string out = findings(result, style, "  ");
  for (const sim::Expectation& expectation : judgement.expectations)
    if (expectation.held) out += "  " + style.mark(true) + " " + expectation.name + ": " + expectation.detail + "\n";
  for (const std::string& note : judgement.notes) out += "  " + style.faint("· " + note) + "\n";
  const std::string word = judgement.passed ? style.green("passed") : style.red("failed");
  return out + "  " + style.mark(judgement.passed) + " " + style.bold(word) + "; digest " +
         result.outcome.digest.hex() + "\n";
}

}  // namespace tools
