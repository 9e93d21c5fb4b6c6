// The records of a run as a graph of what could have caused what (Lamport: "Time, clocks, and the ordering of events
// in a distributed system", CACM 1978): the records of a node follow one another, a message is sent before it arrives.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <vector>

#include "core/trace/record.hpp"

namespace tools {

using Place = std::uint32_t;  // of a record in its run, from 0
constexpr Place kNowhere = UINT32_MAX;

class Chronicle : public core::RecordSink {
 public:
  void on(const core::Record& record) override;  // keeps a copy, with all but the payload of its event

  [[nodiscard]] Place size() const { return static_cast<Place>(records_.size()); }
  [[nodiscard]] const core::Record& at(Place place) const { return records_[place]; }
  // The record before this one at its node. Faults, drops and violations belong to no node's thread.
  [[nodiscard]] Place before(Place place) const { return before_[place]; }
  [[nodiscard]] Place sent(Place place) const { return sent_[place]; }  // recv, drop: where it was sent

  // The first record from `from` on, or the last one before `end`, for which `is(record)` holds; kNowhere: none.
  [[nodiscard]] Place first(auto&& is, Place from = 0) const {
    for (Place place = from; place < size(); ++place)
      if (is(at(place))) return place;
    return kNowhere;
  }
  [[nodiscard]] Place last(auto&& is, Place end, Place from = 0) const {
    for (Place place = end; place > from; --place)
      if (is(at(place - 1))) return place - 1;
    return kNowhere;
  }

  // The shortest way by which `from` can have led to `to`, both included: fewest messages, then fewest records, and
  // rather over messages that carry events than over others. Empty: there is none.
  [[nodiscard]] std::vector<Place> path(Place from, Place to) const;

 private:
  std::vector<core::Record> records_;
  std::vector<Place> before_, sent_;
  std::map<core::Member, Place> newest_;  // of each node
  std::map<std::uint64_t, Place> sends_;  // by number of the message
  std::deque<core::Event> events_;        // what records point to; a deque, so that they stay where they are
  std::deque<core::Details> details_;
};

}  // namespace tools
