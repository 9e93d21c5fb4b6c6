#include "sim/explore/rehearse.hpp"

#include <algorithm>
#include <string>

#include "sim/explore/model.hpp"
#include "sim/world/recorder.hpp"

namespace sim {
namespace {

using Kind = Step::Kind;

// Whether the run is known to have broken an invariant.
struct Known : core::RecordSink {
  bool any = false;
  void on(const core::Record& record) override { any = any || record.kind == core::Kind::violation; }
};

// What the model records, stamped with the present.
struct Stamp : core::RecordSink {
  explicit Stamp(Recorder& to) : recorder{to} {}
  void on(const core::Record& record) override {
    core::Record stamped = record;
    recorder.on(stamped);
  }
  Recorder& recorder;
};

std::vector<core::RecordSink*> joined(std::span<core::RecordSink* const> sinks, core::RecordSink* last) {
  std::vector<core::RecordSink*> all{sinks.begin(), sinks.end()};
  all.push_back(last);
  return all;
}

class Rehearsal {
 public:
  Rehearsal(const Scenario& scenario, std::uint64_t seed, std::span<core::RecordSink* const> sinks)
      : scenario_{scenario},
        model_{scenario.group, without_bounds(), seed},
        sinks_{joined(sinks, &known_)},
        recorder_{scenario, timeline_, sinks_} {}
  Rehearsal(const Rehearsal&) = delete;
  Rehearsal& operator=(const Rehearsal&) = delete;

  Outcome run() {
    state_ = model_.settled(&stamp_);
    for (const PlannedStep& planned : scenario_.steps) {
      pass_time();
      take(planned.step);
      if (state_.ghost.breach()) {
        report(*state_.ghost.breach(), planned.step.node);
        break;
      }
    }
    pass_time();
    Outcome outcome = recorder_.end(recorder_.count(core::Kind::send) + recorder_.count(core::Kind::recv) + fired_, {});
    if (skipped_ > 0)
      outcome.judgement.notes.push_back(std::to_string(skipped_) + " of " + std::to_string(scenario_.steps.size()) +
                                        " steps could not be taken");
    return outcome;
  }

 private:
  void pass_time() {
    Due nothing;
    timeline_.next(timeline_.now() + kPerStep, nothing);
  }

  void take(const Step& step) {
    if (!model_.possible(state_, step)) {
      ++skipped_;
      return;
    }
    fired_ += step.kind == Kind::fire ? 1 : 0;
    const State before = state_;
    state_ = model_.take(before, step, &stamp_);
    record_drops(before, step);
  }

  // What was lost on purpose, and what was on its way to a node that has died.
  void record_drops(const State& before, const Step& step) {
    const bool died = before.up(step.node) && !state_.up(step.node);
    for (Member from = 0; from < before.size(); ++from) {
      const std::vector<Parcel>& parcels = before.line(from, step.node).parcels;
      const bool arrived = step.kind == Kind::deliver && from == step.peer;
      if (died)
        for (std::size_t i = arrived ? 1 : 0; i < parcels.size(); ++i) record_drop(parcels[i], from, step.node, down_);
      else if (step.kind == Kind::lose && from == step.peer)
        record_drop(parcels.front(), from, step.node, lost_);
    }
  }

  void record_drop(const Parcel& parcel, Member from, Member to, const core::Details& why) {
    if (parcel.message == nullptr) return;
    core::Record drop{
        .kind = core::Kind::drop, .type = parcel.message->type(), .node = to, .peer = from, .number = parcel.number};
    drop.more = &why;
    recorder_.on(drop);
  }

  void report(const Breach& breach, Member node) {
    if (known_.any) return;
    const core::Details details{.text = breach.invariant, .detail = breach.detail, .nodes = {}, .closed = {}};
    core::Record violation{.kind = core::Kind::violation, .node = node};
    violation.more = &details;
    recorder_.on(violation);
  }

  const Scenario& scenario_;
  const core::Details lost_{.text = "lost", .detail = {}, .nodes = {}, .closed = {}};
  const core::Details down_{.text = "down", .detail = {}, .nodes = {}, .closed = {}};
  Model model_;
  State state_;
  Timeline timeline_;
  Known known_;
  std::vector<core::RecordSink*> sinks_;
  Recorder recorder_;
  Stamp stamp_{recorder_};
  std::size_t skipped_ = 0;
  std::uint64_t fired_ = 0;
};

}  // namespace

Bounds without_bounds() {
  return {.crashes = Bounds::kAny,
          .losses = Bounds::kAny,
          .duplicates = Bounds::kAny,
          .suspicions = Bounds::kAny,
          .submits = Bounds::kAny,
          .late = Bounds::kAny,
          .anytime = true,
          .epochs = UINT64_MAX};
}

Outcome rehearse(const Scenario& scenario, std::uint64_t seed, std::span<core::RecordSink* const> sinks) {
  return Rehearsal(scenario, seed, sinks).run();
}

}  // namespace sim
