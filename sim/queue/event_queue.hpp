// What is due in a run, earliest first. At one instant, what the scenario asks for happens before what comes of it,
// each kind of it in turn; other things happen in the order in which they were pushed. So a run never depends on how
// the queue is built, nor on when it was known that the scenario asks for something: dice or file, it comes at its
// turn.
//
// A 4-ary heap: flat, a few cache lines deep, and as good with five queued events as with a million.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/check.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace sim {

// Something that will happen: 24 bytes, freely copied.
class Due {
 public:
  enum class Kind : std::uint8_t {
    // What the scenario asks for, in the order in which it happens at one instant; arg: which.
    fault,
    heal,
    membership,
    workload,
    // What comes of it.
    deliver,       // a message reaches `node` from `peer`; arg: where the caller keeps it
    deliver_copy,  // so does its duplicate
    wake,          // a timer of `node`
    link_down,     // `node` hears that its connection to `peer` broke
    sync,          // the disk of `node` has written what it was given
    traffic,       // cars wait at the lights
    lamp_wake,     // a lamp of `node` has something to do; arg: which
    lamp_report,   // it has spoken to `node`; arg: where the caller keeps its words
    client,        // a client of dispatch looks at its server; arg: which, or after all of them: a car has a crash
  };
  static constexpr std::uint64_t kOrders = std::uint64_t{1} << 56;  // more than any run pushes
  static constexpr std::uint32_t kMembersMax = 1U << 14;

  Due() = default;
  // REQUIRES: node, peer < kMembersMax.
  Due(core::Instant when, Kind kind, core::Member node, core::Member peer = 0, std::uint32_t arg_ = 0)
      : at{when}, arg{arg_}, what_{static_cast<std::uint32_t>(kind) << 28 | std::uint32_t{node} << 14 | peer} {
    core::check(node < kMembersMax && peer < kMembersMax, "members fit into 14 bits");
  }

  core::Instant at;
  std::uint64_t place = 0;  // given by the queue: among all that is due at one instant
  std::uint32_t arg = 0;

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(what_ >> 28); }
  // The insertion number: among all that was ever pushed, from 1.
  [[nodiscard]] std::uint64_t order() const { return place & (kOrders - 1); }
  [[nodiscard]] core::Member node() const { return static_cast<core::Member>(what_ >> 14 & (kMembersMax - 1)); }
  [[nodiscard]] core::Member peer() const { return static_cast<core::Member>(what_ & (kMembersMax - 1)); }

 private:
  std::uint32_t what_ = 0;  // kind: 4 bits, node: 14, peer: 14
};
static_assert(sizeof(Due) == 24);

class EventQueue {
 public:
  // The next insertion number, used up without a push: numbers what happens at once.
  std::uint64_t take_order() { return ++orders_; }

  // Returns the insertion number. REQUIRES: due.at >= 0.
  std::uint64_t push(Due due) {
    const std::uint64_t order = take_order();
    due.place = static_cast<std::uint64_t>(std::min(due.kind(), Due::Kind::deliver)) * Due::kOrders | order;
    std::size_t hole = heap_.size();
    heap_.push_back(due);
    for (; hole > 0 && before(due, heap_[(hole - 1) / 4]); hole = (hole - 1) / 4) heap_[hole] = heap_[(hole - 1) / 4];
    heap_[hole] = due;
    return order;
  }

  // REQUIRES: !empty().
  [[nodiscard]] const Due& top() const { return heap_.front(); }

  // Takes out the top. REQUIRES: !empty().
  Due pop() {
    const Due first = heap_.front();
    const Due last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sink(last);
    return first;
  }

  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] std::size_t size() const { return heap_.size(); }

 private:
  __extension__ using Key = unsigned __int128;

  // One wide comparison instead of two branches that the processor cannot guess.
  static Key key(const Due& due) { return Key{static_cast<std::uint64_t>(due.at.ns)} << 64 | due.place; }
  static bool before(const Due& a, const Due& b) { return key(a) < key(b); }

  // Fills the hole at the root with `due`.
  void sink(const Due& due) {
    const std::size_t size = heap_.size();
    std::size_t hole = 0;
    for (std::size_t child = 1; child < size; child = 4 * hole + 1) {
      const std::size_t least = least_of(child, child + 4 < size ? child + 4 : size);
      if (!before(heap_[least], due)) break;
      heap_[hole] = heap_[least];
      hole = least;
    }
    heap_[hole] = due;
  }

  [[nodiscard]] std::size_t least_of(std::size_t first, std::size_t end) const {
    std::size_t least = first;
    for (std::size_t i = first + 1; i < end; ++i) least = before(heap_[i], heap_[least]) ? i : least;
    return least;
  }

  std::vector<Due> heap_;
  std::uint64_t orders_ = 0;
};

}  // namespace sim
