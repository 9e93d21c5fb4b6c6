// Who votes, who is on its way out and who remembers, as the records tell it.
//
// A voter whose memory is lost must not vote before it has recovered, for it may have promised what it does not know
// any more. So it counts for no quorum until then, and when fewer than a quorum remember, nobody can recover: the
// group has halted by design, for good. Without a quorum (`quorum: none`) memory is nobody's concern.
#pragma once

#include <optional>

#include "core/group/config.hpp"
#include "core/trace/record.hpp"
#include "sim/check/bits.hpp"

namespace sim {

// REQUIRES: the configuration outlives it.
class Electorate {
 public:
  explicit Electorate(const core::Config& group);

  // Takes start, restart, crash, leave and role records of the group's nodes. Returns true if a node that had lost its
  // memory has it back.
  bool on(const core::Record& record);
  // An entry was put in order; one that changes the voters counts in the logs that have it from the first. So what is
  // a quorum must be one of the old voters and of the new, until it is delivered or another entry has taken its place.
  // True if that has changed.
  bool propose_voters(const core::Record& order);
  void change_voters(const core::Record& delivery);

  // With this record the node comes up without what it knew.
  [[nodiscard]] bool forgets(const core::Record& record) const;

  // The voters whose votes count: those that remember.
  [[nodiscard]] const Bits& remembering() const { return remembering_; }
  // These nodes make a quorum by themselves.
  [[nodiscard]] bool is_quorum(const Bits& nodes) const {
    return makes_quorum(nodes, voters_) && (!proposed_ || makes_quorum(nodes, proposed_->voters));
  }
  // A voter that is not on its way out.
  [[nodiscard]] bool may_lead(core::Member node) const { return voters_.has(node) && !leaving_.has(node); }

  // When fewer than a quorum came to remember.
  [[nodiscard]] std::optional<core::Instant> halted() const { return halted_; }

 private:
  // Ordered, and neither delivered yet nor replaced.
  struct Proposed {
    core::Seq seq = 0;
    core::Epoch epoch = 0;
    Bits voters;
  };

  void forget(const core::Record& record);
  void count(core::Instant at);
  [[nodiscard]] Bits voters_of(const core::Record& record) const;
  [[nodiscard]] bool makes_quorum(const Bits& nodes, const Bits& voters) const {
    return nodes.minus(forgetful_).count_common(voters) >= group_->quorum_of(voters.count());
  }

  const core::Config* group_;
  Bits voters_, leaving_;
  std::optional<Proposed> proposed_;
  Bits forgetful_;    // have lost their memory and not got it back
  Bits remembering_;  // voters_ without forgetful_
  std::optional<core::Instant> halted_;
};

}  // namespace sim
