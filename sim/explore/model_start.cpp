// Where a search begins.
#include "core/base/check.hpp"
#include "sim/explore/model.hpp"

namespace sim {

using core::Member;
using Kind = Step::Kind;

State Model::cold(core::RecordSink* records) {
  records_ = records;
  State state;
  state.left = bounds_;
  state.lines.resize(config_.size() * config_.size());
  state.ghost = Ghost(config_.size());
  for (Member member = 0; member < config_.size(); ++member) {
    auto process = std::make_shared<Process>();
    boot(state, member, *process);
    state.processes.push_back(process);
  }
  return state;
}

// Each beats, so that all know of all; then the highest wants to lead, and what follows takes its course.
State Model::settled(core::RecordSink* records) {
  State state = cold(records);
  const auto highest = static_cast<Member>(config_.size() - 1);
  const auto beat_all = [&] {
    for (Member member = 0; member < config_.size(); ++member)
      go_on(state, {.kind = Kind::fire, .node = member, .timer = core::Timer::heartbeat});
    empty_lines(state);
  };
  for (int i = 0; i < 3; ++i) beat_all();
  Member first = highest;
  for (Member member = 0; member < config_.size(); ++member)
    if (config_.outranks(member, first)) first = member;
  go_on(state, {.kind = Kind::fire, .node = first, .timer = core::Timer::candidacy});
  empty_lines(state);
  for (int i = 0; i < 3; ++i) beat_all();
  core::check(state.node(first).role() == core::Role::leader, "in quiet the highest leads");
  return state;
}

void Model::empty_lines(State& state) {
  for (bool moved = true; moved;) {
    moved = false;
    for (Member to = 0; to < config_.size(); ++to)
      for (Member from = 0; from < config_.size(); ++from)
        if (!state.line(from, to).parcels.empty())
          go_on(state, {.kind = Kind::deliver, .node = to, .peer = from}), moved = true;
  }
}

}  // namespace sim
