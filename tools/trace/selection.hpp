// Which part of a trace is wanted.
#pragma once

#include <string>
#include <vector>

#include "core/trace/record.hpp"
#include "sim/scenario/scenario.hpp"

namespace tools {

// As the user typed it.
struct Wanted {
  std::string from, until, nodes;  // "2s", "5s", "n1,n2"; "": no limit
};

class Selection {
 public:
  // All of a trace.
  explicit Selection(const sim::Scenario& scenario) : nodes_(scenario.group.size(), true) {}
  // Throws BadInput if something typed has no meaning there.
  Selection(const Wanted& wanted, const sim::Scenario& scenario);

  [[nodiscard]] bool has(core::Member node) const { return node < nodes_.size() && nodes_[node]; }
  // Faults and violations belong to no node and are always wanted, if they are in time.
  [[nodiscard]] bool has(const core::Record& record) const {
    return record.at >= from_ && record.at < until_ && (record.node == core::kNobody || has(record.node));
  }
  [[nodiscard]] bool past(const core::Record& record) const { return record.at >= until_; }  // as all that follow
  [[nodiscard]] std::vector<core::Member> members() const;                                   // ascending

 private:
  core::Instant from_, until_ = core::Instant::never();
  std::vector<bool> nodes_;  // by member
};

// The words of a list, "a,b". REQUIRES: it is not empty.
std::vector<std::string> words_of(const std::string& list);

}  // namespace tools
