// The checkers of the total order: `prefix_agreement`, `no_gap`, `integrity`, `fifo` and `causal`.
// Each looks at a record before it is entered into the history.
#pragma once

#include "sim/check/findings.hpp"
#include "sim/check/history.hpp"
#include "sim/check/names.hpp"

namespace sim {

// REQUIRES: all that is given outlives it.
class OrderChecker {
 public:
  OrderChecker(const core::Config& group, const History& history, Findings& findings)
      : history_{&history}, findings_{&findings}, names_{group} {}

  void on_submit(const core::Record& record, EventIndex event);
  void on_deliver(const core::Record& record, EventIndex event);
  // An entry that turns `rejected` down is delivered.
  void on_rejection(const core::Record& record, EventIndex entry, EventIndex rejected);
  // A node came up claiming to hold everything up to record.seq, of which nobody delivered `unknown`.
  void on_unknown_state(const core::Record& record, core::Seq unknown);

 private:
  void check_agreement(const core::Record& record, EventIndex event);
  void check_gap(const core::Record& record);
  void check_place(const core::Record& record, EventIndex event);
  void check_first_delivery(const core::Record& record, EventIndex event);
  void check_fifo(const core::Record& record, EventIndex event);
  void check_causes(const core::Record& record, EventIndex event);

  const History* history_;
  Findings* findings_;
  Names names_;
};

}  // namespace sim
