// One member of the group: the whole protocol as a value that is given inputs and appends effects.
// The same state, `now` and input always append the same effects. It reads no clock and does no I/O.
#pragma once

#include "core/group/config.hpp"
#include "core/node/effects.hpp"

namespace core {

// An event before it has a number.
struct Submission {
  std::vector<EventId> depends_on;
  std::string type;
  std::string payload;
};

class Node {
 public:
  // REQUIRES: config outlives the node. `durable` is what survived, or empty on the first start.
  Node(const Config& config, Member self, Durable durable, Rng rng);

  // Inputs. `now` is the node's own monotonic time and never goes back within an incarnation.
  void start(Instant now, Effects& out);  // once, first
  void receive(Instant now, const Message& message, Effects& out);
  void link_down(Instant now, Member peer, Effects& out);  // the connection to `peer` broke or was refused
  void wake(Instant now, Effects& out);                    // fires every timer that is due
  // Accepts the event and returns its id, or appends a `reject` fact ("overloaded") and returns a null id (number 0).
  EventId submit(Instant now, const Submission& submission, Effects& out);

  // When wake() has something to do; earlier calls are harmless.
  [[nodiscard]] Instant next_wake() const;
  // The highest epoch that it has promised or joined.
  [[nodiscard]] Epoch epoch() const;
};

}  // namespace core
