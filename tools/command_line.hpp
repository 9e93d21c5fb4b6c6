// What the user typed, as plain values. Only this and the part for the hunters know the argument parser.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "tools/command_line_client.hpp"
#include "tools/command_line_export.hpp"
#include "tools/command_line_hunt.hpp"
#include "tools/command_line_member.hpp"
#include "tools/command_line_replay.hpp"
#include "tools/command_line_view.hpp"
#include "tools/mode.hpp"

namespace tools {

struct SeedRange {
  std::uint64_t first = 1, last = 1;  // both included, at most ten million
};

// `run` and `live`.
struct RunOptions {
  Mode mode = Mode::sim;
  std::vector<std::string> files;
  std::optional<std::uint64_t> seed;  // beats the file's
  std::optional<SeedRange> seeds;
  std::string trace;   // where to; "": none
  std::string report;  // likewise, as a page
  bool json = false;
  unsigned threads = 0;    // 0: one for each core
  std::string program;     // as it was called, for the command that repeats a run
  bool json_wire = false;  // live: members speak JSON with each other
  std::string keep;        // live: where to keep what the nodes leave; "": only after a failure
};

struct ValidateOptions {
  std::vector<std::string> files;
};

struct SchemaOptions {};

struct BenchOptions {
  std::string filter;       // a regular expression that the name of a benchmark contains; "": all
  double min_time_s = 0.5;  // of CPU, for each that is repeated
  bool json = false;
};

struct DiffOptions {
  std::string a, b;  // traces
  bool json = false;
};

// --help and --version: nothing is done but to print this.
struct Information {
  std::string text;
};

using Command = std::variant<RunOptions, FuzzOptions, ShrinkOptions, CheckOptions, ExplainOptions, ReplayOptions,
                             ValidateOptions, SchemaOptions, DiffOptions, BenchOptions, NodeOptions, StatusOptions,
                             SubmitOptions, ClientOptions, ExportOptions, LogsOptions, ViewOptions, Information>;

// Throws BadInput, with the flag or command that was probably meant. `arguments` begin with the program's name.
Command parse_command_line(const std::vector<std::string>& arguments);

}  // namespace tools
