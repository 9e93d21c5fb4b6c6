// `export` and `logs`, as the user typed them.
#pragma once

#include <cstddef>
#include <set>
#include <string>

#include "core/trace/record.hpp"
#include "tools/trace/selection.hpp"

namespace CLI {
class App;
}

namespace tools {

enum class Format : std::uint8_t { perfetto, shiviz, mermaid };

struct ExportOptions {
  std::string trace;
  Format format = Format::perfetto;
  std::string out;  // "": to stdout
  Wanted wanted;
  std::string around;          // an event; "": all
  std::size_t messages = 200;  // most in a diagram, and as many around the event
};

struct LogsOptions {
  std::string trace;
  Wanted wanted;
  std::set<core::Kind> kinds;  // empty: all
  bool columns = false;        // one for each node
  bool heartbeats = false;     // they are shown
  std::size_t width = 0;       // in columns; 0: the terminal's
};

// What the parser writes into before it is checked.
struct ExportTyped {
  ExportOptions options;
  LogsOptions logs;
  std::string format, messages, kinds, width;
};

// REQUIRES: `typed` outlives `app`.
void add_export_commands(CLI::App& app, ExportTyped& typed);
// Throw BadInput.
ExportOptions finish_export(ExportTyped& typed);
LogsOptions finish_logs(ExportTyped& typed);

}  // namespace tools
