// The part of a trace around an event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "tools/trace/selection.hpp"

namespace tools {

// Places of records in a trace, from 0, both included.
struct Stretch {
  std::size_t first = 0, last = SIZE_MAX;

  [[nodiscard]] bool has(std::size_t place) const { return place >= first && place <= last; }
};

// From a quarter of `messages` before the first record of that event to the rest of them after it; heartbeats do not
// count. Reads the trace from its beginning. Throws BadInput if the wanted part has no such event.
Stretch stretch_around(const std::string& event, const Wanted& wanted, const std::string& trace, std::size_t messages);

}  // namespace tools
