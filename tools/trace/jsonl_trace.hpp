// Writes the records of one run as JSON Lines: a header, one object for each record, an end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/trace/record.hpp"
#include "sim/check/names.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/replay.hpp"
#include "tools/mode.hpp"
#include "tools/trace/byte_sink.hpp"
#include "tools/trace/json_line.hpp"

namespace tools {

constexpr int kTraceVersion = 1;

class JsonlTrace : public core::RecordSink {
 public:
  // Writes the header. REQUIRES: `out` and `scenario` outlive the trace.
  JsonlTrace(ByteSink& out, const sim::Scenario& scenario, std::uint64_t seed, Mode mode = Mode::sim);

  void on(const core::Record& record) override;
  // The last line; what was written stands in its place from now on. Throws BadInput if the disk did not take it.
  void end(const sim::Outcome& outcome);

 private:
  void header(const sim::Scenario& scenario, std::uint64_t seed, Mode mode);
  void fields(JsonLine& line, const core::Record& record) const;
  void message_fields(JsonLine& line, const core::Record& record) const;
  void event_fields(JsonLine& line, const core::Record& record) const;
  void fault_fields(JsonLine& line, const core::Record& record) const;
  void light_fields(JsonLine& line, const core::LightFact& light) const;
  void dispatch_fields(JsonLine& line, const core::DispatchFact& fact) const;
  void flush();

  [[nodiscard]] const std::string& name(core::Member member) const;  // as JSON; null for nobody
  [[nodiscard]] std::string event_id(core::EventId id) const;        // as JSON; null when it has no number

  ByteSink& out_;
  std::string buffer_;
  sim::Names ids_;
  std::vector<std::string> names_;  // of members, as JSON
  core::LightsPlan plan_;
  std::string null_ = "null";
};

}  // namespace tools
