// The checker of `durability`: what was acknowledged stays, with its number, and is not acknowledged again; unless so
// many forget it that the group halts by design, from when on it is to be told nothing any more.
#pragma once

#include "sim/check/findings.hpp"
#include "sim/check/history.hpp"
#include "sim/check/names.hpp"

namespace sim {

// REQUIRES: all that is given outlives it.
class DurabilityChecker {
 public:
  DurabilityChecker(const core::Config& group, History& history, Findings& findings)
      : history_{&history}, findings_{&findings}, names_{group} {}

  void on_ack(const core::Record& record, EventIndex event);
  // Before the delivery is entered into the history.
  void on_deliver(const core::Record& record, EventIndex event);
  void on_rejection(const core::Record& record, EventIndex entry, EventIndex rejected);
  void end(core::Instant at);

 private:
  // "n1:5, acknowledged at number 7, "
  [[nodiscard]] std::string acknowledged(EventIndex event) const;
  void check_nodes(core::Instant at);

  History* history_;
  Findings* findings_;
  Names names_;
  Bits acked_;                  // by EventIndex
  Dense<EventIndex> promised_;  // by seq: the event acknowledged there
};

}  // namespace sim
