// A group in trouble: random submissions, lost, late and repeated messages, broken links, crashes and restarts; on
// demand also partitions, members that come and go, lost memory, and ends between two records of one step.
#pragma once

#include <optional>

#include "core/base/rng.hpp"
#include "tests/core/cluster.hpp"

namespace tests {

// What happens besides.
struct Hardship {
  std::size_t joiners = 0;  // members that have no vote at first and start some time
  std::uint64_t snapshot_every = 10'000;
  bool leaving = false;  // members are asked to leave, while four vote, and come back
  bool amnesia = false;  // members lose their memory, one at a time, while three vote
  bool partitions = false;
  bool torn_steps = false;
};

class Chaos {
 public:
  Chaos(std::size_t n, std::uint64_t seed, core::Quorum quorum = core::Quorum::majority, Hardship hardship = {});

  void run(Duration span);
  // All start that are down, and the network works from now on.
  void calm();
  // Starts all that are down.
  void start_all();

  core::Rng rng;
  Cluster cluster;
  std::function<void(Member)> on_start;   // called before a restart
  std::function<void(Member)> on_forget;  // called before it loses its memory

 private:
  std::optional<Duration> latency(const Flight& flight);
  void trouble();
  void more_trouble(Member member);
  void start(Member member);
  void forget(Member member);
  // The fewest who vote by anybody's log, if all have their memory and want to stay; else none.
  [[nodiscard]] std::size_t voters_to_spare();

  Hardship hardship_;
  Member behind_ = core::kNobody;  // gets no ORDER for a while, so that its log ends earlier than others'
  core::MemberSet side_;           // of a partition: who is in it is cut off from who is not
  core::MemberSet leaving_;
};

}  // namespace tests
