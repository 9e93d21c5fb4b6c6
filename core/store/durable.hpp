// What a node must not forget, and the records that change it. A runtime keeps one Durable per node on its
// disk: it applies each Persist when it is safe there, and hands the whole to the node that starts again.
#pragma once

#include <deque>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/event/event.hpp"

namespace core {

// No epoch below this is obeyed any more; `to` has this node's vote in it (kNobody: no vote left).
struct PromiseMade {
  Epoch epoch = 0;
  Member to = kNobody;
};
// The log is cut so that it ends before the first of `entries`, then these are appended.
struct LogWritten {
  std::vector<Entry> entries;  // not empty, consecutive
};
// The node accepted an event of its own.
struct Accepted {
  EventRef event;
};
// The node's own events up to this number are decided (delivered or rejected) and need no repeating.
struct Settled {
  std::uint64_t number = 0;
};
// How long the node must see a quorum before it takes leadership from a live lower node.
struct RestraintSet {
  Duration restraint;
};

using Persist = std::variant<PromiseMade, LogWritten, Accepted, Settled, RestraintSet>;

struct Durable {
  Epoch promised = 0;
  Member promised_to = kNobody;
  std::vector<Entry> log;         // log[i].seq == i + 1
  std::deque<EventRef> pending;   // own events not yet decided, ascending
  std::uint64_t last_number = 0;  // of the newest own event
  Duration restraint{};           // zero: never set

  void apply(const Persist& record);
};

}  // namespace core
