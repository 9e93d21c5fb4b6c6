#include "sim/explore/search.hpp"

#include <algorithm>
#include <bit>

namespace sim {

// Each step that may commute has a bit: members * timers + members * peers of them, at most 64.
Search::Search(Model& model, State start, SearchLimits limits)
    : model_{model},
      limits_{limits},
      size_{start.size()},
      in_any_order_{start.left.late == Bounds::kAny},
      visited_{reduces()} {
  for (core::Member node = 0; node < size_; ++node) {
    for (const core::Timer timer : kFired)
      commuting_.push_back({.kind = Step::Kind::fire, .node = node, .timer = timer});
    for (core::Member peer = 0; peer < size_; ++peer)
      commuting_.push_back({.kind = Step::Kind::deliver, .node = node, .peer = peer});
  }
  for (const Step& a : commuting_) {
    commute_.push_back(0);
    for (std::size_t i = 0; i < commuting_.size(); ++i)
      if (independent(a, commuting_[i])) commute_.back() |= std::uint64_t{1} << i;
  }
  enter(std::move(start), {}, 0);
}

// The bit of a step that commutes with others here; 0: it is none.
std::uint64_t Search::bit(const State& state, const Step& step) const {
  const bool may_commute = step.kind == Step::Kind::deliver ||
                           (step.kind == Step::Kind::fire && state.processes[step.node]->is_at_once(step.timer));
  if (!reduces() || step.cut != 0 || !may_commute) return 0;
  const auto found = std::find(commuting_.begin(), commuting_.end(), step);
  return std::uint64_t{1} << (found - commuting_.begin());
}

// What sleeps on below a step: what commutes with it.
std::uint64_t Search::still_asleep(std::uint64_t asleep, std::uint64_t step) const {
  return step == 0 ? 0 : asleep & commute_[static_cast<std::size_t>(std::countr_zero(step))];
}

bool Search::go_on(std::uint64_t steps) {
  const std::uint64_t until = steps_ + steps;
  while (!path_.empty() && !found_ && visited_.size() < limits_.states && steps_ < until) {
    if (path_.back().next == path_.back().steps.size())
      path_.pop_back();
    else
      advance(path_.back());
  }
  return !path_.empty() && !found_ && visited_.size() < limits_.states;
}

// Takes the frame's next step. What can be cut short is tried cut short as well, each way a step of its own.
void Search::advance(Frame& frame) {
  const Step step = frame.steps[frame.next++];
  const std::uint64_t own = bit(frame.state, step);
  const std::uint64_t asleep = still_asleep(frame.asleep, own);
  frame.asleep |= own;
  ++steps_;
  State next = model_.attempt(frame.state, step);
  if (step.cut == 0 && next.left.allow(&Bounds::crashes))
    for (const std::uint8_t cut : model_.cuts()) {
      Step shorter = step;
      shorter.cut = cut;
      frame.steps.push_back(shorter);
    }
  if (next.ghost.breach()) return report(next, step);
  if (!model_.within(next)) {
    ++beyond_;
    return;
  }
  enter(std::move(next), step, asleep);
}

// A limit of depth makes the same state at another depth another: less of what follows it is left to see.
core::Digest Search::key_of(const State& state) const {
  core::Digest print = state.print();
  if (limits_.depth != SearchLimits{}.depth) print.high = core::mix64(print.high + path_.size());
  return print;
}

void Search::enter(State state, const Step& by, std::uint64_t asleep) {
  const auto depth = static_cast<std::uint32_t>(path_.size());
  const auto [fresh, stirred] = visited_.reach(key_of(state), asleep);
  if (!fresh && stirred == 0) return;
  deepest_ = std::max(deepest_, depth);
  if (depth >= limits_.depth) {
    ++cut_off_;
    return;
  }
  Frame frame{std::move(state), by, {}, 0, asleep};
  std::vector<Step> all;
  model_.enabled(frame.state, all);
  for (const Step& step : all) {
    const std::uint64_t own = bit(frame.state, step);
    if (fresh ? (own & asleep) == 0 : (own & stirred) != 0) frame.steps.push_back(step);
  }
  path_.push_back(std::move(frame));
}

void Search::report(const State& state, const Step& last) {
  Found found{*state.ghost.breach(), {}};
  for (std::size_t i = 1; i < path_.size(); ++i) found.path.push_back(path_[i].by);
  found.path.push_back(last);
  found_ = std::move(found);
}

std::uint64_t Search::frontier() const {
  const auto open = std::count_if(path_.begin(), path_.end(), [](const Frame& f) { return f.next < f.steps.size(); });
  return cut_off_ + static_cast<std::uint64_t>(open);
}

}  // namespace sim
