// What led to a witness: who submitted its event, who gave it its number, and why that node led then.
#pragma once

#include <set>

#include "tools/explain/chronicle.hpp"

namespace tools {

// REQUIRES: `chronicle` outlives it.
class Causes {
 public:
  explicit Causes(const Chronicle& chronicle) : chronicle_{chronicle} {}

  // The places worth telling, `witness` included. Each of them can have led to it; but for faults, which no message
  // tells of, and for drops, which tell why something did not happen.
  [[nodiscard]] std::set<Place> of(Place witness) const;

  // How far the event of a `submit` came on its way to the node before `until`, and what the node delivered in its
  // place, or last.
  [[nodiscard]] std::set<Place> of_undelivered(Place submit, core::Member node, Place until) const;

  // The leader's record in which the event of a `deliver` or `ack` got its number; kNowhere: there is none.
  [[nodiscard]] Place ordered(Place witness) const;
  // The record with which the node of an `order` or `send` had begun to lead its epoch; kNowhere: it does not lead.
  [[nodiscard]] Place led(Place order) const;
  // The PROMISEs (recv) that made it the leader.
  [[nodiscard]] std::vector<Place> promises(Place leads) const;

 private:
  void add_way(std::set<Place>& told, Place from, Place to) const;
  void add_entry(std::set<Place>& told, Place witness) const;
  void add_rise(std::set<Place>& told, Place leads) const;
  void add_sender(std::set<Place>& told, Place witness) const;
  void add_trouble(std::set<Place>& told, Place suspicion) const;
  void add_epoch(std::set<Place>& told, Place witness) const;

  const Chronicle& chronicle_;
};

}  // namespace tools
