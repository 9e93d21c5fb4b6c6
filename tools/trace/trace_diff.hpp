// Where two traces part first. Both are read side by side, line by line; equal lines cost one comparison of bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/trace/trace_reader.hpp"

namespace tools {

// What one trace has from the first line on that differs.
struct Parting {
  std::optional<Json> record;  // none: the trace ends before that line or in it
  bool torn = false;           // it breaks off in the middle of that line
  std::vector<Json> after;     // a few records that follow
};

struct HeaderField {
  std::string path;  // "config.group.quorum"
  Json a, b;         // null: not there
};

struct TraceDiff {
  std::vector<HeaderField> header;  // what differs in the headers; says nothing about the records
  std::uint64_t records = 0;        // equal ones from the start on, header and end left out
  std::vector<Json> before;         // the last few of them
  std::size_t line = 0;             // of the first that differs, in both files; 0: none does
  Parting a, b;
  std::string digest;  // of equal traces; "": they break off before their end

  [[nodiscard]] bool equal() const { return line == 0; }
};

// REQUIRES: both stand at their header. Throws BadInput for a line that is no record where lines are looked into.
TraceDiff compare(TraceReader& a, TraceReader& b);

// Names of the fields in which the records differ. phi_milli is for display and never among them.
std::vector<std::string> differing_fields(const Json& a, const Json& b);

}  // namespace tools
