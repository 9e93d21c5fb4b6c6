#include "tools/report/deeds.hpp"

#include "core/city/names.hpp"
#include "tools/report/happenings.hpp"
#include "tools/report/links.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Record;

std::string place(core::Seq seq) {
  return "#" + std::to_string(seq);
}

// Thousandths as a decimal: 8125 is "8.1".
std::string tenths(std::uint32_t milli) {
  return std::to_string(milli / 1000) + "." + std::to_string(milli / 100 % 10);
}

}  // namespace

std::string lamp_in_words(const core::LampName& lamp, const core::LightsPlan& plan) {
  return std::to_string(lamp.intersection + 1) + " " + core::name_of_approach(plan, lamp.approach);
}

std::string Deeds::of(const Record& record) const {
  switch (record.kind) {
    case Kind::start:
    case Kind::restart:
    case Kind::crash:
    case Kind::pause:
    case Kind::resume:
    case Kind::leave:
      return happens(record);
    case Kind::send:
    case Kind::recv:
    case Kind::drop:
      return of_message(record);
    case Kind::suspect:
    case Kind::trust:
      return (record.kind == Kind::suspect ? "suspects " : "trusts ") + name(record.peer) +
             (record.phi_milli == 0 ? "" : ", phi " + tenths(record.phi_milli));
    case Kind::role:
    case Kind::leader:
      return of_leader(record);
    case Kind::submit:
    case Kind::order:
    case Kind::deliver:
    case Kind::ack:
    case Kind::reject:
      return of_event(record);
    case Kind::commit:
      return "commits to " + place(record.seq);
    case Kind::snapshot:
      return "receives the state to " + place(record.seq);
    case Kind::refused:
      return "refuses " + name(record.peer) + ": " + record.more->text;
    case Kind::fault:
    case Kind::heal:
      return of_fault(record);
    case Kind::violation:
      return "violation of " + record.more->text + ": " + record.more->detail;
    case Kind::dispatch:
    case Kind::light:
      return of_city(record);
  }
  return {};
}

std::string Deeds::of_message(const Record& record) const {
  const std::string type(core::name_of(record.type));
  if (record.kind == Kind::send) return type + " to " + name(record.peer);
  const std::string from = type + " from " + name(record.peer);
  return record.kind == Kind::recv ? from : from + " lost: " + record.more->text;
}

std::string Deeds::of_event(const Record& record) const {
  const std::string event = names_.of(record.id);
  switch (record.kind) {
    case Kind::submit:
      return "submits " + event;
    case Kind::order:
      return "orders " + place(record.seq) + " " + event;
    case Kind::deliver:
      return "delivers " + place(record.seq) + " " + event;
    case Kind::ack:
      return event + " is acknowledged as " + place(record.seq);
    default:
      return (record.id.number == 0 ? "an event" : event) + " is rejected: " + record.more->text;
  }
}

std::string Deeds::of_leader(const Record& record) const {
  const std::string epoch = ", epoch " + std::to_string(record.epoch);
  if (record.kind == Kind::role) return "is " + std::string(core::name_of(record.role)) + epoch;
  return (record.peer == core::kNobody ? "knows no leader" : "follows " + name(record.peer)) + epoch;
}

std::string Deeds::of_fault(const Record& record) const {
  const std::string text = fault_in_words(record, scenario_);
  if (!text.empty()) return text;
  return record.more->text + " of " + members_in_words(record.more->nodes, scenario_.group) +
         (record.kind == Kind::heal ? " ends" : "");
}

std::string Deeds::of_city(const Record& record) const {
  if (record.kind == Kind::light) {
    const core::LightFact& light = record.more->light;
    return "lamp " + lamp_in_words(light.lamp, scenario_.group.city.lights) + " is " +
           std::string(core::name_of(light.colour));
  }
  const core::DispatchFact& fact = record.more->dispatch;
  std::string out = "crash " + fact.crash + ": " + std::string(core::name_of(fact.step));
  for (const std::string& unit : {fact.ambulance, fact.hospital}) out += unit.empty() ? "" : " " + unit;
  return out;
}

}  // namespace tools
