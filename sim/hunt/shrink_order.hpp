// Which of two scenarios is the simpler one, also where they are equally large.
#pragma once

#include "sim/hunt/shrink.hpp"

namespace sim {

// The first difference decides. Whatever is taken makes this smaller, so shrinking comes to an end.
struct Order {
  Size size;
  std::size_t clutter = 0;     // what a reader must know beyond the bare lists: settings, words, targets, causes
  std::size_t untidiness = 0;  // of times: 12s has none, 12.5s a little, 12.4837s much
  Duration total;              // of all times, and a nanosecond for each message or record that is counted
  friend auto operator<=>(const Order&, const Order&) = default;
};
Order order_of(const Scenario& scenario);

// 0 for whole seconds, one more for each finer step: 500 ms, 100 ms, 50 ms, 10 ms, 1 ms, 1 us.
std::size_t untidiness(Duration time);

// What stands at one moment of the run, and what lasts for some time. Fates are among the moments.
std::vector<Duration*> moments_of(Scenario& scenario);
std::vector<Duration*> spans_of(Scenario& scenario);

}  // namespace sim
