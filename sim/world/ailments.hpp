// Which clock and disk faults are in force, and what they come to at each member: where two want different things,
// the one that began last has its way, and after its end the other again.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/network/geometry.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/disk.hpp"

namespace sim {

class Ailments {
 public:
  // REQUIRES: it outlives the ailments.
  explicit Ailments(const Scenario& scenario);

  // A clock or disk fault of the file begins at these members (ascending); the number names it until end().
  using Handle = std::uint32_t;
  Handle begin(std::uint32_t fault, Members members);
  void end(Handle handle);              // of what has ended already: no effect
  void end_at(const Members& members);  // ascending; of all that ails them
  void end_all() { in_force_.clear(); }

  [[nodiscard]] std::int32_t drift_ppm(Member member) const;
  // Valid as long as this object.
  [[nodiscard]] Disk::Condition disk(Member member) const;

 private:
  struct Ailment {
    Handle handle = 0;
    std::uint32_t fault = 0;
    Members members;
  };
  void each_of(Member member, auto use) const;

  const Scenario& scenario_;
  std::vector<std::optional<LatencyTable>> slow_;  // by fault: of the disks that it makes slow
  std::vector<Ailment> in_force_;                  // oldest first
  Handle last_handle_ = 0;
};

}  // namespace sim
