// The checkers of epochs: `epoch_leader`, and `monotone` with the commit numbers.
#pragma once

#include <map>
#include <vector>

#include "sim/check/findings.hpp"
#include "sim/check/names.hpp"

namespace sim {

// REQUIRES: all that is given outlives it.
class EpochChecker {
 public:
  EpochChecker(const core::Config& group, Findings& findings)
      : findings_{&findings}, names_{group}, nodes_(group.size()) {}

  // Takes role, leader, order, commit, start and restart records of the group's nodes.
  void on(const core::Record& record);
  // The node has lost its memory: its epochs begin anew.
  void forget(core::Member node) { nodes_[node] = {}; }

 private:
  struct Node {
    core::Epoch promised = 0;  // highest of its `role` records, over all incarnations that remember
    core::Epoch followed = 0;  // highest of its `leader` records that name somebody, likewise
    core::Seq committed = 0;   // in this incarnation
  };

  // Whoever calls itself leader of the epoch or sequences in it leads it.
  void leads(const core::Record& record);
  void check_epoch(const core::Record& record, core::Epoch& highest, const char* what);
  void check_commit(const core::Record& record);

  Findings* findings_;
  Names names_;
  std::vector<Node> nodes_;
  std::map<core::Epoch, core::Member> leader_of_;
};

}  // namespace sim
