// Who leads and whom each node believes to lead, as the records tell it.
#pragma once

#include <vector>

#include "core/group/config.hpp"
#include "core/trace/record.hpp"
#include "sim/check/connectivity.hpp"

namespace sim {

class Leadership {
 public:
  explicit Leadership(const core::Config& group);

  // Returns true if somebody began or ceased to lead.
  bool on(const core::Record& record);

  // Who leads a side: of its members that lead and hear a quorum the one with the highest epoch, or kNobody.
  // Where epochs need a majority, a newer epoch anywhere ends the older ones: who still believes in one leads nobody.
  [[nodiscard]] core::Member of(const Side& side, const Connectivity& connectivity) const;
  // The live node that leads the highest epoch, or kNobody.
  [[nodiscard]] core::Member of_all(const Connectivity& connectivity) const;

  [[nodiscard]] core::Epoch epoch_of(core::Member leader) const { return nodes_[leader].epoch; }
  [[nodiscard]] core::Epoch highest_epoch() const { return highest_epoch_; }  // that anybody has led; 0 = none
  // Whom the node's last `leader` record of this incarnation names.
  [[nodiscard]] core::Member believed_by(core::Member node) const { return nodes_[node].believes; }

 private:
  struct Node {
    core::Epoch epoch = 0;  // that it leads, if it leads
    core::Member believes = core::kNobody;
  };

  bool set_leading(core::Member node, bool leads, core::Epoch epoch);

  core::Quorum quorum_;
  std::vector<Node> nodes_;
  std::vector<core::Member> leaders_;  // live or not, in the order in which they began
  core::Epoch highest_epoch_ = 0;
};

}  // namespace sim
