#include "tools/report/timeline.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "sim/check/names.hpp"
#include "sim/scenario/units.hpp"
#include "tools/report/excerpt.hpp"

namespace tools {
namespace {

using core::Instant;
using core::Kind;
using core::Member;
using core::Record;

constexpr std::size_t kColumns = 80, kIndent = 2, kGap = 2, kMaxName = 12, kMaxRows = 16;
constexpr std::string_view kFaults = "faults", kNoLeader = "no leader", kViolated = "violated";

std::string row_of(std::string_view label, std::size_t width, const std::string& row) {
  return std::string(kIndent, ' ') + padded(std::string(label), width + kGap) + row + "\n";
}

std::string short_name(Member member, const sim::Scenario& scenario) {
  return cut(scenario.group.members[member].name, kMaxName);
}

// Notes side by side, in as many rows as they need.
std::string side_by_side(const std::vector<std::string>& notes, std::size_t width, std::size_t columns,
                         const Style& style) {
  constexpr std::string_view kApart = "   ";
  std::string out, row;
  for (const std::string& note : notes) {
    if (!row.empty() && columns_of(row) + kApart.size() + columns_of(note) > columns)
      out += row_of("", width, style.faint(std::exchange(row, "")));
    row += (row.empty() ? "" : std::string(kApart)) + note;
  }
  return row.empty() ? out : out + row_of("", width, style.faint(row));
}

// A round step of time that is no shorter than `least` slices.
std::int64_t step_between_ticks(const TimeScale& scale, std::int64_t least) {
  const std::int64_t shortest = scale.slice().ns * least;
  for (std::int64_t power = 1;; power *= 10)
    for (const std::int64_t digit : {1, 2, 5})
      if (digit * power >= shortest) return digit * power;
}

Strip axis(const TimeScale& scale, const Style& style) {
  constexpr std::int64_t kLeast = 10;
  Strip out(scale.columns);
  const std::int64_t step = step_between_ticks(scale, kLeast);
  for (std::int64_t at = 0; at < scale.end.ns; at += step) {
    const std::string text = (style.ascii ? "'" : "╵") + sim::show(core::Duration{at});
    if (scale.column({at}) + columns_of(text) <= scale.columns) out.put(scale.column({at}), text, Ink::faint);
  }
  return out;
}

Strip leaderless_row(const std::vector<sim::Span>& spans, const TimeScale& scale, const Style& style) {
  Strip out(scale.columns);
  for (const sim::Span& span : spans)
    for (std::size_t i = scale.column(span.from); i <= scale.last_column(span.from, span.to); ++i)
      out.put(i, style.ascii ? "!" : "▒", Ink::red);
  return out;
}

}  // namespace

struct Timeline::Look {
  std::string_view utf8, ascii;
  Ink ink = Ink::plain;
  std::string_view words;

  [[nodiscard]] std::string_view glyph(const Style& style) const { return style.ascii ? ascii : utf8; }
};

const Timeline::Look& Timeline::look(State state) {
  static constexpr std::array<Look, kStates> kLooks{{{" ", " ", Ink::plain, ""},
                                                     {"·", ".", Ink::faint, "follows"},
                                                     {"-", "-", Ink::plain, "learns"},
                                                     {"○", "o", Ink::yellow, "asks what it has forgotten"},
                                                     {"◇", "?", Ink::yellow, "stands for election"},
                                                     {"✕", "x", Ink::red, "is down"},
                                                     {"‖", "=", Ink::yellow, "is paused"},
                                                     {"▇", "L", Ink::green, "leads epoch 1"}}};
  return kLooks[static_cast<std::size_t>(state)];
}

Timeline::Timeline(const sim::Scenario& scenario)
    : scenario_(scenario), lives_(scenario.group.size()), faults_(scenario) {}

Timeline::State Timeline::state_of(core::Role role) {
  switch (role) {
    case core::Role::follower:
      return State::follower;
    case core::Role::electing:
    case core::Role::claiming:
      return State::electing;
    case core::Role::leader:
      return State::leader;
    case core::Role::recovering:
      return State::recovering;
    case core::Role::learner:
      return State::learner;
  }
  return State::follower;
}

void Timeline::on(const Record& record) {
  switch (record.kind) {
    case Kind::start:
    case Kind::restart:
      return change(record.node, lives_[record.node].role = {record.at, State::follower, 0});
    case Kind::role:
      return change(record.node, lives_[record.node].role = {record.at, state_of(record.role), record.epoch});
    case Kind::crash:
      return change(record.node, {record.at, State::down, 0});
    case Kind::pause:
      return change(record.node, {record.at, State::paused, 0});
    case Kind::resume:
      return change(record.node, {record.at, lives_[record.node].role.state, lives_[record.node].role.epoch});
    case Kind::fault:
    case Kind::heal:
      return faults_.on(record);
    case Kind::violation:
      if (violated_.empty()) first_violated_ = record.more->text;
      violated_.push_back(record.at);
      return;
    default:
      return;
  }
}

void Timeline::change(Member node, const Change& change) {
  std::vector<Change>& changes = lives_[node].changes;
  const bool same = !changes.empty() && changes.back().state == change.state;
  if (!same || change.state == State::leader) changes.push_back(change);
}

// Leaders first, then those whose state changed most often; in the order of the group.
std::vector<Member> Timeline::most_to_tell() const {
  std::vector<Member> members(lives_.size());
  for (Member member = 0; member < members.size(); ++member) members[member] = member;
  if (members.size() <= kMaxRows) return members;
  const auto rank = [&](Member member) {
    const std::vector<Change>& changes = lives_[member].changes;
    const bool led =
        std::any_of(changes.begin(), changes.end(), [](const Change& c) { return c.state == State::leader; });
    return std::tuple(!led, SIZE_MAX - changes.size(), member);
  };
  std::sort(members.begin(), members.end(), [&](Member a, Member b) { return rank(a) < rank(b); });
  members.resize(kMaxRows);
  std::sort(members.begin(), members.end());
  return members;
}

Timeline::Slices Timeline::slices_of(const Life& life, const TimeScale& scale) const {
  Slices out(scale.columns, State::absent);
  for (std::size_t i = 0; i < life.changes.size(); ++i) {
    const Instant from = life.changes[i].at, to = i + 1 < life.changes.size() ? life.changes[i + 1].at : scale.end;
    if (to <= from) continue;
    for (std::size_t column = scale.column(from); column <= scale.last_column(from, to); ++column)
      out[column] = std::max(out[column], life.changes[i].state);
  }
  return out;
}

// A reign begins with its epoch, and what is down is marked once.
Strip Timeline::row(const Life& life, const Slices& slices, const TimeScale& scale, const Style& style) const {
  Strip out(scale.columns);
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const bool lies = slices[i] == State::down && i > 0 && slices[i - 1] == State::down;
    if (!lies) out.put(i, look(slices[i]).glyph(style), look(slices[i]).ink);
  }
  for (std::size_t i = 0; i < life.changes.size(); ++i) {
    const Change& reign = life.changes[i];
    const Instant to = i + 1 < life.changes.size() ? life.changes[i + 1].at : scale.end;
    if (reign.state != State::leader || to <= reign.at) continue;
    const std::size_t first = scale.column(reign.at), last = scale.last_column(reign.at, to);
    const std::string epoch = std::to_string(reign.epoch);
    if (epoch.size() <= last - first) out.put(first, epoch, Ink::green);
  }
  return out;
}

Strip Timeline::violations(const TimeScale& scale, const Style& style) const {
  Strip out(scale.columns);
  for (const Instant at : violated_) out.put(scale.column(at), style.ascii ? "X" : "✗", Ink::red);
  for (const Instant at : violated_) {
    const std::size_t behind = scale.column(at) + 2, end = behind + first_violated_.size();
    if (end > scale.columns || !out.blank(behind - 1, end + 1)) continue;
    out.put(behind, first_violated_, Ink::red);
    break;
  }
  return out;
}

// Of what is drawn, the most important first.
std::vector<std::string> Timeline::legend(const std::vector<Slices>& shown, const Style& style) const {
  std::vector<std::string> out;
  for (std::size_t i = kStates; i-- > 1;) {
    const auto state = static_cast<State>(i);
    const auto has = [&](const Slices& slices) { return std::count(slices.begin(), slices.end(), state) > 0; };
    if (std::none_of(shown.begin(), shown.end(), has)) continue;
    const std::string sign(look(state).glyph(style));
    out.push_back((state == State::leader ? "1" + sign : sign) + " " + std::string(look(state).words));
  }
  return out;
}

std::string Timeline::draw(Instant end, const std::vector<sim::Span>& leaderless, const Style& style) const {
  if (end.ns <= 0) return "";
  const std::vector<Member> members = most_to_tell();
  std::size_t width = kNoLeader.size();
  for (const Member member : members) width = std::max(width, columns_of(short_name(member, scenario_)));
  const TimeScale scale{end, kColumns - kIndent - width - kGap};
  const FaultLanes::Drawing faults = faults_.draw(scale, style);
  const auto line = [&](std::string_view label, const Strip& strip) { return row_of(label, width, strip.text(style)); };
  std::string out;
  for (std::size_t i = 0; i < faults.lanes.size(); ++i) out += line(i == 0 ? kFaults : "", faults.lanes[i]);
  if (!violated_.empty()) out += line(kViolated, violations(scale, style));
  if (!leaderless.empty()) out += line(kNoLeader, leaderless_row(leaderless, scale, style));
  std::vector<Slices> shown;
  for (const Member member : members) {
    shown.push_back(slices_of(lives_[member], scale));
    out += line(short_name(member, scenario_), row(lives_[member], shown.back(), scale, style));
  }
  std::vector<std::string> notes = legend(shown, style);
  if (members.size() < lives_.size())
    notes.push_back(sim::counted(lives_.size() - members.size(), "node") + " left out");
  if (faults.left_out > 0) notes.push_back(sim::counted(faults.left_out, "fault") + " left out");
  return out + line("", axis(scale, style)) + side_by_side(notes, width, scale.columns, style);
}

}  // namespace tools
