// Submits events as the loads of a scenario say, and those that it names one by one: at which node, when, and depending
// on what.
#pragma once

#include <cstdint>
#include <vector>

#include "core/node/node.hpp"
#include "sim/network/network.hpp"
#include "sim/world/machines.hpp"
#include "sim/world/script.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

class Workload {
 public:
  // `script`: where to write down what was submitted; null: nowhere. REQUIRES: all but the seed outlive the workload;
  // intervals are > 0.
  Workload(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, const Network& network, Machines& machines,
           Script* script);

  // Puts the first submission of each load and the first planned event into the timeline.
  void schedule();

  // Due::Kind::workload: one turn of a load, or a planned event; and arranges the next.
  void submit(const Due& due);

 private:
  struct Load {
    std::vector<Member> dealt_to;  // `from`, when it means the same nodes at all times
    std::uint64_t turn = 0;
    core::Submission next;
    std::uint32_t length = 0;  // of the chain, the newest submission included
  };

  void take_turn(std::uint32_t key);
  void submit_planned(std::uint32_t event);
  void schedule_planned();
  // What hosts know a planned event by; a load's key is its place.
  [[nodiscard]] std::uint32_t key_of(std::uint32_t event) const {
    return static_cast<std::uint32_t>(loads_.size()) + event;
  }
  void write_down(Member member, std::uint32_t key, std::uint32_t size, const std::vector<std::uint32_t>& after);

  std::vector<Member> whom(const SubmitLoad& load, std::uint64_t key, std::uint64_t turn) const;
  [[nodiscard]] bool continues(const SubmitLoad& spec, const Load& load, core::EventId last, Member member) const;

  const Scenario& scenario_;
  std::uint64_t seed_;
  Timeline& timeline_;
  const Network& network_;
  Machines& machines_;
  Script* script_;
  std::vector<Load> loads_;
  std::vector<std::uint32_t> planned_;  // places in Scenario::events, by time
  std::size_t due_ = 0;                 // of planned_: the next
  std::vector<std::uint32_t> written_;  // by key: the place in the script of its newest submission
};

}  // namespace sim
