// What has been seen on the way to a state, and the rules that it must not break. A part of the state: the same nodes
// with another past are another state.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/node/node.hpp"
#include "sim/explore/fold.hpp"

namespace sim {

struct Process;

struct Breach {
  std::string invariant, detail;
};

class Ghost {
 public:
  Ghost() = default;
  explicit Ghost(std::size_t members) : next_(members, 1) {}

  // The first rule that was broken, if any.
  [[nodiscard]] const std::optional<Breach>& breach() const { return breach_; }
  void broken(std::string invariant, std::string detail);

  // A fact of a node's step; `node` as it is after the step.
  void on(const core::Record& fact, const core::Node& node);
  // An event was submitted. False: that was known.
  bool accept(core::EventId id);
  void restarted(core::Member member, core::Seq applied) { next_[member] = applied + 1; }
  // What was delivered anywhere stays on the disks of a quorum.
  void inspect(const std::vector<std::shared_ptr<const Process>>& processes, std::size_t quorum);

  [[nodiscard]] const std::vector<core::EventId>& submitted() const { return submitted_; }

  static void fields(auto& m, auto&& visit) {
    visit("leaders", m.leaders_), visit("chosen", m.chosen_), visit("submitted", m.submitted_), visit("next", m.next_);
  }

 private:
  // What the first to deliver a number delivered there.
  struct Chosen {
    core::EventId id;
    core::Epoch committed = 0;  // in this epoch: every leader of a higher one has it
    static void fields(auto& m, auto&& visit) { visit("id", m.id), visit("committed", m.committed); }
  };

  [[nodiscard]] bool chosen(core::EventId id) const;
  void on_leader(const core::Record& fact, const core::Node& node);
  void on_deliver(const core::Record& fact);
  void on_first(const core::Record& fact);

  std::vector<std::pair<core::Epoch, core::Member>> leaders_;
  std::vector<Chosen> chosen_;            // chosen_[seq - 1]
  std::vector<core::EventId> submitted_;  // in order of submission
  std::vector<core::Seq> next_;           // by member: the number that it delivers next
  core::Epoch committing_ = 0;            // of the last `commit`, which comes before its deliveries
  std::optional<Breach> breach_;
};

}  // namespace sim
