// What a node must not forget, and the records that change it. A runtime keeps one Durable per node on its
// disk: it applies each Persist when it is safe there, and hands the whole to the node that starts again.
#pragma once

#include <deque>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/event/event.hpp"
#include "core/group/memories.hpp"
#include "core/order/log.hpp"
#include "core/order/snapshot.hpp"

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
// The state up to a place, made here or received. The log goes on from `base`, which is there or earlier.
struct SnapshotTaken {
  SnapshotRef snapshot;
  Point base;
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
// A member has lost its memory; it begins again with this incarnation.
struct MemoryLost {
  Member member = kNobody;
  std::uint64_t incarnation = 0;
};
// This node has lost its memory and has it back from the others.
struct Recovered {};

using Persist =
    std::variant<PromiseMade, LogWritten, SnapshotTaken, Accepted, Settled, RestraintSet, MemoryLost, Recovered>;

struct Durable {
  Epoch promised = 0;
  Member promised_to = kNobody;
  SnapshotRef snapshot;           // null: none yet
  Log log;                        // begins at the snapshot or before it
  std::deque<EventRef> pending;   // own events not yet decided, ascending
  std::uint64_t last_number = 0;  // of the newest own event
  Duration restraint{};           // zero: never set
  Memories memories;              // as far as known, this node's own included
  bool recovering = false;        // its own memory is lost and not back yet

  // What a node has left that lost everything: it begins anew with this incarnation (2 or more) and must recover.
  static Durable forgotten(Member self, std::uint64_t incarnation);

  // Events that the node has accepted, by the memory that it has now, after `known` (or all, if that is of another
  // memory), each once, in order: it may have died before it could say so. They are pending; where one node is a quorum
  // by itself, they may be in the order already and need no more.
  [[nodiscard]] std::vector<EventRef> accepted_after(Member self, EventId known) const;

  // The order up to here is part of what survived.
  [[nodiscard]] Seq applied() const { return snapshot == nullptr ? 0 : snapshot->state.at.seq; }

  void apply(const Persist& record);
};

}  // namespace core
