#include "sim/scenario/scenario.hpp"

#include <array>

namespace sim {

std::string_view name_of(const Action& action) {
  // In the order of the variant; both kinds of partition have the same key.
  constexpr std::array<std::string_view, std::variant_size_v<Action>> names{
      "crash", "restart", "pause", "isolate", "partition", "partition", "cut", "link", "clock", "disk", "heal", "calm"};
  return names.at(action.index());
}

const std::vector<std::string>& invariant_names() {
  static const std::vector<std::string> names{"epoch_leader", "prefix_agreement", "no_gap", "integrity", "fifo",
                                              "causal", "durability", "monotone", "bully", "liveness",
                                              // of applications
                                              "no_double_dispatch", "beds", "workflow_order", "no_conflicting_green",
                                              "yellow_time", "no_starvation"};
  return names;
}

}  // namespace sim
