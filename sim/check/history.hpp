// What was submitted, where each event stands in the order, and what each node's state holds. It remembers and
// judges nothing; the checkers ask it, always before the record at hand is entered.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/trace/record.hpp"
#include "sim/check/bits.hpp"

namespace sim {

using EventIndex = std::uint32_t;  // events are numbered as they are first seen, from 1; 0 = none

struct EventFacts {
  core::EventId id;
  std::uint32_t origin = 0;         // origins are numbered too, members first
  core::Member by = core::kNobody;  // the node whose `submit` it was
  core::Instant submitted = core::Instant::never();
  std::uint64_t causes = 0;    // fingerprint of depends_on as submitted
  core::Seq seq = 0;           // its place, as first delivered anywhere; 0 = nowhere yet
  core::Seq acked = 0;         // the place its submitter was told; 0 = not told
  EventIndex rejected_by = 0;  // the entry that turns it down
  bool forgotten = false;      // its origin lost its memory before it knew the event decided: nobody asks for it
  [[nodiscard]] bool was_submitted() const { return submitted != core::Instant::never(); }
};

std::uint64_t fingerprint(const std::vector<core::EventId>& ids);

class History {
 public:
  explicit History(std::size_t members);

  EventIndex index_of(core::EventId id);                  // gives it one if it has none
  [[nodiscard]] EventIndex find(core::EventId id) const;  // 0 if it has none
  [[nodiscard]] EventFacts& facts(EventIndex event) { return facts_[event]; }
  [[nodiscard]] const EventFacts& facts(EventIndex event) const { return facts_[event]; }
  [[nodiscard]] std::size_t members() const { return nodes_.size(); }

  // The event first delivered at `seq`.
  [[nodiscard]] EventIndex at(core::Seq seq) const { return order_.get(seq); }
  // The number that `node` delivers next if it leaves no gap.
  [[nodiscard]] core::Seq next(core::Member node) const { return nodes_[node].next; }
  // In the node's present state: delivered in this incarnation, or covered when it started.
  [[nodiscard]] bool holds(core::Member node, EventIndex event) const { return nodes_[node].held.has(event); }
  [[nodiscard]] const Bits& held(core::Member node) const { return nodes_[node].held; }
  [[nodiscard]] bool holds(core::Member node, core::EventId id) const;
  // Delivered or rejected there.
  [[nodiscard]] bool decided(core::Member node, EventIndex event) const;
  // The highest number of this event's origin that the node has delivered.
  [[nodiscard]] std::uint64_t last_of_origin(core::Member node, EventIndex event) const;

  // The events submitted until `latest` at one of `nodes`, but for forgotten ones.
  [[nodiscard]] Bits accepted(core::Instant latest, const Bits& nodes) const;
  // Those of `due` that are not decided at the node.
  [[nodiscard]] std::vector<EventIndex> undecided(core::Member node, const Bits& due) const;

  void submit(const core::Record& record, EventIndex event);
  void deliver(core::Member node, core::Seq seq, EventIndex event);
  // The node's memory is lost, and its own events with it that were neither acknowledged nor decided there.
  void forget(core::Member node);
  // From here on the node's state is what it delivered, or else anybody first delivered, at 1..applied.
  // Returns the first number at which nobody delivered anything, if that is within.
  std::optional<core::Seq> cover(core::Member node, core::Seq applied);

 private:
  struct Node {
    core::Seq next = 1;
    Bits held;
    std::map<core::Seq, EventIndex> different;  // what it delivered where `order_` has another event
    std::vector<std::uint64_t> last;            // by origin: the highest number delivered
  };

  std::uint32_t origin_of(core::EventId id);
  void hold(Node& node, EventIndex event);

  std::vector<EventFacts> facts_;                        // by EventIndex
  std::vector<Dense<EventIndex>> origins_;               // by origin, then number
  std::map<std::uint64_t, std::uint32_t> more_origins_;  // EventId::origin -> origin, where it is no member's first
  Dense<EventIndex> order_;                              // by seq
  std::vector<Node> nodes_;
};

}  // namespace sim
