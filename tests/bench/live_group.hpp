// Three members as processes on the loopback, of which one submits events: how fast all three have them in order.
#pragma once

#include <cstdint>
#include <vector>

#include "core/group/config.hpp"
#include "net/wire/frames.hpp"

namespace bench {

struct LiveLoad {
  core::Storage storage = core::Storage::memory;
  net::Form form = net::Form::binary;
  std::size_t events = 100'000;
  std::size_t outstanding = 1;  // events that are submitted and not acknowledged, at most
  std::size_t bytes = 100;      // of payload
  bool record = false;          // each node keeps a recording
  std::size_t rate = 0;         // events a second; 0: as soon as few enough are outstanding
};

struct LiveFindings {
  double seconds = 0;                   // from the first submission until the last delivery at the last member
  double cpu_s = 0;                     // of all three
  std::vector<std::int64_t> latencies;  // ns from each submission to its acknowledgement, ascending
};

// Member 0 submits, member 2 leads. Throws std::runtime_error if the group does not do it.
LiveFindings measure(const LiveLoad& load);

enum class Blow : std::uint8_t { kill, stop };  // SIGKILL, SIGSTOP

// One event at a time is submitted and acknowledged; then this happens to the leader. The longest time in ns between
// two acknowledgements. Throws std::runtime_error if the group does not go on, or a survivor has not delivered every
// event once and in order, up to the last that was acknowledged.
std::int64_t longest_gap(Blow blow, core::Timing timing);

}  // namespace bench
