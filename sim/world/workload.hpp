// Submits events as the loads of a scenario say: at which node, when, and depending on what.
#pragma once

#include <cstdint>
#include <vector>

#include "core/node/node.hpp"
#include "sim/network/network.hpp"
#include "sim/world/hosts.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

class Workload {
 public:
  // REQUIRES: all but the seed outlive the workload; intervals are > 0.
  Workload(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, const Network& network, Hosts& hosts);

  // Puts the first submission of each load into the timeline.
  void schedule();

  // Due::Kind::workload: one turn of a load, and arranges the next.
  void submit(const Due& due);

 private:
  struct Load {
    std::vector<Member> dealt_to;  // `from`, when it means the same nodes at all times
    std::uint64_t turn = 0;
    core::Submission next;
    std::uint32_t length = 0;  // of the chain, the newest submission included
  };

  std::vector<Member> whom(const SubmitLoad& load, std::uint64_t key, std::uint64_t turn) const;
  [[nodiscard]] bool continues(const SubmitLoad& spec, const Load& load, core::EventId last, Member member) const;

  const Scenario& scenario_;
  std::uint64_t seed_;
  Timeline& timeline_;
  const Network& network_;
  Hosts& hosts_;
  std::vector<Load> loads_;
};

}  // namespace sim
