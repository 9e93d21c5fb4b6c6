// A run for ShiViz (Beschastnikh and others: "Visualizing distributed system executions", TOSEM 2020): two lines for
// each record of a node, with its vector clock (Mattern: "Virtual time and global states of distributed systems",
// 1989).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/export/export.hpp"
#include "tools/report/deeds.hpp"

namespace tools {

// What ShiViz asks of clocks: each host counts its own records from 1, one by one, names itself and nobody of whom
// there is no record, and knows all that the records before its own know. A host that restarts counts on.
class ShivizExport : public Export {
 public:
  // The header: an expression that reads two lines, and no second one between executions. REQUIRES: the scenario
  // outlives it.
  ShivizExport(const sim::Scenario& scenario, Output out);

  void on(const core::Record& record) override;
  void end(core::Instant at) override;

 private:
  using Clock = std::map<core::Member, std::uint64_t>;

  Deeds deeds_;
  Output out_;
  std::string buffer_;
  std::map<core::Member, Clock> clocks_;
  std::map<std::uint64_t, Clock> sent_;  // by number of the message; kept, for a message may arrive twice
};

}  // namespace tools
