#include "tools/report/happenings.hpp"

#include "sim/scenario/units.hpp"
#include "tools/report/links.hpp"
#include "tools/scenario_json_parts.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Record;

std::string machine_fault_in_words(const sim::Action& action) {
  if (const auto* clock = std::get_if<sim::ClockFault>(&action)) {
    const bool steps = clock->step != core::Duration{};
    std::string drift = clock->drift_ppm ? "drifts by " + drift_json(*clock->drift_ppm) : "";
    if (clock->drift_ppm && steps) drift += ", ";
    return drift + (steps || !clock->drift_ppm ? "is set by " + sim::show(clock->step) : "");
  }
  const auto* disk = std::get_if<sim::DiskFault>(&action);
  if (disk == nullptr) return "fails";
  using What = sim::DiskFault::What;
  switch (disk->what) {
    case What::lose_unsynced:
      return "will lose what is not synced at a crash";
    case What::torn_write:
      return "will keep only a part of what is not synced at a crash";
    case What::corrupt:
      return "is damaged; the next start will find nothing of use";
    case What::full:
      return "is full; the next write stops the node";
    case What::slow:
      return "is slow";
  }
  return "fails";
}

bool strikes_nodes(const std::string& fault) {
  return fault == "crash" || fault == "restart" || fault == "pause";
}

// A trace may come without its scenario's faults, so the record's own words must do where they are missing.
std::string on_machines(const Record& record, const std::string& struck, const sim::Scenario& scenario) {
  const std::string whose = record.more->text + " of " + struck;
  if (record.kind == Kind::heal) return whose + " works as before";
  if (record.number >= scenario.faults.size()) return whose + " fails";
  return whose + " " + machine_fault_in_words(scenario.faults[record.number].action);
}

}  // namespace

std::string happens(const Record& record, bool several) {
  switch (record.kind) {
    case Kind::start:
      return several ? "start" : "starts";
    case Kind::restart:
      if (record.forgot) return several ? "restart without their memory" : "restarts without its memory";
      return several ? "restart" : "restarts";
    case Kind::crash:
      if (record.left) return several ? "have left the group" : "has left the group";
      return several ? "crash" : "crashes";
    case Kind::leave:
      return several ? "ask to leave the group" : "asks to leave the group";
    case Kind::pause:
      return several ? "stand still (paused)" : "stands still (paused)";
    default:
      return several ? "wake up" : "wakes up";
  }
}

std::string fault_in_words(const Record& record, const sim::Scenario& scenario) {
  const core::Details& more = *record.more;
  if (strikes_nodes(more.text)) return "";
  const std::string struck = members_in_words(more.nodes, scenario.group);
  if (more.text == "clock" || more.text == "disk") return on_machines(record, struck, scenario);
  const std::string links = links_in_words(more.closed, scenario.group);
  if (record.kind == Kind::heal) return more.text + " ends: " + links;
  if (more.text == "isolate") return struck + " isolated: " + links;
  if (more.text == "link") return "links of " + struck + " change: " + links;
  if (more.text == "calm") return "calm for " + struck + ": " + links;
  return more.text + ": " + links;
}

bool is_moment(const std::string& fault) {
  return fault == "crash" || fault == "restart" || fault == "disk" || fault == "heal";
}

}  // namespace tools
