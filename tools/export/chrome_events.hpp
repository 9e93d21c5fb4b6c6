// Writes Chrome's trace events (Google: "Trace Event Format"; Perfetto reads them as "legacy JSON"), one a line. Times
// are microseconds with three decimals, so that no nanosecond is lost. Events may come in any order: readers sort them,
// and keep the order of the file where times are equal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "tools/export/export.hpp"
#include "tools/trace/json_line.hpp"

namespace tools {

// A line of the picture: a thread of a process.
struct Track {
  std::uint32_t process = 0, thread = 0;
};

class ChromeEvents {
 public:
  explicit ChromeEvents(Output out);

  // Names; they are sorted by number.
  void process(std::uint32_t process, std::string_view name);
  void thread(Track track, std::string_view name);

  // `notes`: what a reader shows of it when it is chosen. REQUIRES: those of a track do not overlap.
  void slice(Track track, core::Instant from, core::Duration length, std::string_view name,
             const std::vector<std::string>& notes = {});
  // Any may overlap.
  void span(std::uint32_t process, core::Instant from, core::Instant to, std::string_view name);
  void instant(Track track, core::Instant at, std::string_view name);
  void everywhere(core::Instant at, std::string_view name);  // across all tracks
  // `value`: a JSON number.
  void counter(std::uint32_t process, core::Instant at, std::string_view name, std::string_view value);
  // REQUIRES: at both ends stands a slice that is written already.
  void arrow(std::string_view name, Track from, core::Instant sent, Track to, core::Instant received);

  void end();

 private:
  JsonLine begin(std::string_view phase, Track track, std::string_view name);
  void name(std::string_view what, Track track, std::string_view name);
  void sort_index(std::string_view what, Track track, std::uint32_t index);
  void finish(JsonLine& line);

  Output out_;
  std::string buffer_;
  bool any_ = false;
  std::uint64_t arrows_ = 0, spans_ = 0;  // so many so far
};

}  // namespace tools
