// A run for ui.perfetto.dev: a process for each node, what it does at an instant as a slice of a nanosecond, each
// message that arrived as an arrow, roles and lamps as slices of their own, and what struck the group in process 0.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/export/chrome_events.hpp"
#include "tools/report/deeds.hpp"
#include "tools/trace/selection.hpp"

namespace tools {

class PerfettoExport : public Export {
 public:
  // REQUIRES: the scenario outlives it.
  PerfettoExport(const sim::Scenario& scenario, const Selection& selection, Output out);

  void on(const core::Record& record) override;
  void end(core::Instant at) override;

 private:
  struct Sent {
    core::Member from = core::kNobody;
    core::Instant at;
  };
  // A message that has arrived at this instant.
  struct Arrival {
    std::string type;
    Sent sent;
    core::Member to = core::kNobody;
  };
  // What lasts until something else takes its place.
  struct Lasting {
    std::string name;  // "": nothing
    core::Instant since;
  };
  struct OpenFault {
    std::string name, text;
    std::uint64_t number = 0;
    std::vector<core::Member> nodes;
    core::Instant since;
  };

  void flush();  // the instant is over
  void on_message(const core::Record& record);
  void on_figure(const core::Record& record);
  void on_life(const core::Record& record);
  void on_lamp(const core::Record& record);
  void on_fault(const core::Record& record);
  void become(Track track, const std::string& name, core::Instant at);
  void rest(core::Member node, const std::string& name, core::Instant at);

  const sim::Scenario& scenario_;
  Deeds deeds_;
  ChromeEvents events_;
  core::Instant now_;
  std::map<core::Member, std::vector<std::string>> deeds_now_;  // all that a node does at this instant
  std::vector<Arrival> arrivals_;
  std::map<std::uint64_t, Sent> sent_;  // by number of the message; kept, for a message may arrive twice
  std::map<std::pair<std::uint32_t, std::uint32_t>, Lasting> lasting_;  // by process and thread
  std::map<core::Member, Lasting> resting_;                             // who is down or paused
  std::vector<OpenFault> faults_;
};

}  // namespace tools
