// Reads a trace back into records, as they were when it was written; payloads alone do not stand in a trace.
#pragma once

#include <optional>
#include <string>

#include "core/event/event.hpp"
#include "core/trace/record.hpp"
#include "sim/scenario/scenario.hpp"
#include "tools/trace/trace_reader.hpp"

namespace tools {

class RecordReader {
 public:
  // Reads the header. Throws BadInput, as next() does, with the line that is no trace of this version.
  explicit RecordReader(const std::string& path);

  // Whose members the records mean; its file is that of the trace.
  [[nodiscard]] const sim::Scenario& scenario() const { return scenario_; }
  [[nodiscard]] const Json& header() const { return trace_.header(); }
  [[nodiscard]] std::uint64_t seed() const { return scenario_.seed; }

  // Goes to the next record; false: there is none, or the file breaks off in it.
  bool next();
  // REQUIRES: next() was true; valid until it is called again.
  [[nodiscard]] const core::Record& record() const { return record_; }
  // Its line, or that of the header or the end, as it stands in the file.
  [[nodiscard]] const std::string& text() const { return trace_.text(); }
  // The last line of a trace that is whole, once next() was false.
  [[nodiscard]] const std::optional<Json>& end() const { return end_; }

 private:
  void read(const Json& line);
  void read_message(const Json& line);
  void read_event(const Json& line);
  void read_fault(const Json& line);
  void read_city(const Json& line);

  // Fields by their names; they throw where one is missing or means nothing.
  [[nodiscard]] std::string text(const Json& line, const char* field) const;
  [[nodiscard]] std::uint64_t number(const Json& line, const char* field) const;
  [[nodiscard]] core::Member member(const Json& value) const;  // null: nobody
  [[nodiscard]] core::Member member(const Json& line, const char* field) const;
  [[nodiscard]] core::EventId event_id(const Json& value) const;  // null: number 0
  [[nodiscard]] std::uint32_t approach(const Json& value) const;
  template <class Enum>
  [[nodiscard]] Enum named(const Json& line, const char* field, std::size_t count) const;
  [[noreturn]] void wrong(const std::string& what) const;

  TraceReader trace_;
  sim::Scenario scenario_;
  core::Record record_{};
  core::Event event_{};
  core::Details details_{};
  std::optional<Json> end_;
};

}  // namespace tools
