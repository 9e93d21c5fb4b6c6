// The simulated network: who can talk to whom, how long it takes, what is lost. It keeps no messages; it
// decides the fate of each and the caller schedules the arrivals.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/rng.hpp"
#include "core/base/time.hpp"
#include "core/trace/record.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// What becomes of a message that is sent now.
struct Fate {
  enum class Kind : std::uint8_t { arrives, lost, closed } kind = Kind::arrives;  // closed: the link is not open
  core::Instant at;                                                               // arrives: when
  core::Instant copy = core::Instant::never();  // arrives: when its duplicate does, if ever
};

class Network {
 public:
  // Link models: network.default, then network.links in order (targets there are names or `all`).
  Network(const Scenario& scenario, std::uint64_t seed);

  Fate send(core::Instant now, Member from, Member to, std::size_t bytes);

  // No fault in force closes it. A node always reaches itself.
  [[nodiscard]] bool open(Member from, Member to) const;
  // One draw of the latency of a link as it is now, for resets that follow a crash.
  core::Instant latency_from(core::Instant now, Member from, Member to);

  // A fault comes into force; the number names it until lift(). Several may close one link.
  using Handle = std::uint32_t;
  Handle close(std::vector<core::Link> links);
  Handle patch(std::vector<core::Link> links, LinkPatch patch);
  void lift(Handle handle);  // of a handle lifted already: no effect
  void lift_all();
  // All links that are closed now, ascending.
  [[nodiscard]] std::vector<core::Link> closed() const;

 private:
};

}  // namespace sim
