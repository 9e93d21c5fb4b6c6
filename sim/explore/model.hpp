// The moves of a small group of real nodes: what may happen next, and what comes of it. Time is abstract. Messages take
// none, timers run out whenever they may, and suspicion is a choice.
#pragma once

#include <vector>

#include "sim/explore/state.hpp"
#include "sim/explore/step.hpp"

namespace sim {

class Model {
 public:
  // REQUIRES: config outlives the model; at most kMost members, all founders.
  static constexpr std::size_t kMost = kMostExplored;
  Model(const core::Config& config, const Bounds& bounds, std::uint64_t seed);

  // All have just started and know of nobody.
  State cold(core::RecordSink* records = nullptr);
  // All have found each other, and the highest leads epoch 1: the quiet that most runs begin with.
  State settled(core::RecordSink* records = nullptr);

  // What may happen next, in a fixed order. A step that can be cut short is listed whole only.
  void enabled(const State& state, std::vector<Step>& out) const;
  [[nodiscard]] bool possible(const State& state, const Step& step) const;
  // What comes of it. `records` hears of it, if given. REQUIRES: possible.
  State take(const State& state, const Step& step, core::RecordSink* records = nullptr);
  // The same; a check of the program that fails is a breach of `check`, in the state from which it came.
  State attempt(const State& state, const Step& step);
  // After take(): after how many effects the step could have been cut short, ascending.
  [[nodiscard]] const std::vector<std::uint8_t>& cuts() const { return cuts_; }

  // Nobody has promised an epoch that is beyond the bounds.
  [[nodiscard]] bool within(const State& state) const;

 private:
  void go_on(State& state, const Step& step) { state = take(state, step, records_); }
  void empty_lines(State& state);
  [[nodiscard]] static bool may_fire(const Process& process, core::Timer timer, bool quiet, bool told);
  void act(State& next, const Step& step, Process& process);
  void receive(State& next, const Step& step, Process& process);
  static void mistreat(State& next, const Step& step);
  void add_trouble(const State& state, std::vector<Step>& out) const;
  void add_timers(const State& state, bool quiet, bool told, std::vector<Step>& out) const;
  static void add_arrivals(const State& state, core::Member node, core::Member peer, std::vector<Step>& out);
  void submit(State& next, Process& process, core::Member member);
  void carry_out(State& next, const Step& step, Process& process);
  void put(State& next, core::Member from, core::Member to, const std::shared_ptr<const core::Message>& message);
  bool fact(State& next, const core::Record& record, Process& process);
  void die(State& next, core::Member member, Process& process);
  void boot(State& next, core::Member member, Process& process);
  void note_waits(const Process& before, Process& process, const Step& step) const;
  void print(Process& process, core::Member member) const;
  void record(core::Record record);
  void record_submit(core::Member member, const core::Event& event);
  void record_message(core::Kind kind, core::Member node, core::Member peer, const Parcel& parcel,
                      core::Epoch epoch = 0);

  const core::Config& config_;
  Bounds bounds_;
  std::uint64_t seed_;
  core::Effects effects_;
  std::vector<std::uint8_t> cuts_;
  core::RecordSink* records_ = nullptr;
};

}  // namespace sim
