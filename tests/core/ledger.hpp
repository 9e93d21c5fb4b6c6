// What a group may never do, whatever happens to it: watches every step of every node and fails the test at the first
// breach. It knows nothing of how the nodes work, only what they said.
#pragma once

#include <map>
#include <set>

#include "tests/core/cluster.hpp"

namespace tests {

class Ledger {
 public:
  void step(const Step& step);
  void restarted(Member member, const core::Durable& disk) { delivered_[member] = disk.applied(); }
  // Its undecided events may never be heard of again.
  void forgot(Member member, const core::Durable& disk);

  // All that are left agree on everything, and every event that was accepted and not forgotten is decided.
  [[nodiscard]] static bool settled(Cluster& cluster);
  void check_complete(Cluster& cluster) const;

  [[nodiscard]] std::size_t ordered() const { return place_.size(); }
  [[nodiscard]] std::size_t rejected() const { return rejected_.size(); }
  [[nodiscard]] int count(core::Kind kind) const;
  // Of changes of the voters in the order.
  [[nodiscard]] int voter_changes() const { return voter_changes_; }

 private:
  void note(const core::Record& fact);
  void deliver(const core::Record& fact);
  void decide(const core::Record& fact);
  void note(const core::Durable& disk, const core::Persist& record);

  std::map<core::Seq, core::EventId> order_;    // what anybody delivered there
  std::set<core::EventId> accepted_, excused_;  // excused: their origin has forgotten them
  std::map<core::EventId, core::Seq> place_;    // of ordered events
  std::set<core::EventId> rejected_;
  std::map<Member, core::Seq> delivered_;  // by this incarnation
  std::map<core::EventId, int> told_;      // submitters
  std::map<core::Epoch, Member> leaders_;
  std::map<core::Seq, std::string> states_;  // the bytes of the snapshot there
  std::map<core::Kind, int> counts_;
  int voter_changes_ = 0;
};

}  // namespace tests
