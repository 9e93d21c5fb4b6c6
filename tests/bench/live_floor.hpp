// The least that any sequencer on the loopback has to do: three processes, one sends messages to a second, which passes
// each on to the other two. Nothing is lost here, so nothing is numbered, acknowledged or kept.
#pragma once

#include <cstddef>

namespace bench {

// Seconds from the first message until both have the last. Of `outstanding` messages at most the first has not heard
// again. Throws std::runtime_error if sockets or processes cannot be had.
double bare_sequencer(std::size_t messages, std::size_t outstanding, std::size_t bytes);

}  // namespace bench
