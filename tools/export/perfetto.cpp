#include "tools/export/perfetto.hpp"

#include <algorithm>
#include <utility>

#include "tools/report/happenings.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Member;
using core::Record;

constexpr std::uint32_t kHandlers = 1, kRoles = 2, kFirstLamp = 10;  // threads of a node
constexpr Track kFaults{0, 0}, kLost{0, 1};
constexpr core::Duration kLength{1};  // of what takes no time, so that it can be seen and hold an arrow

std::uint32_t process_of(Member member) {
  return member + 1U;
}

Track handlers_of(Member member) {
  return {process_of(member), kHandlers};
}

std::string decimal(std::uint32_t milli) {
  return std::to_string(milli / 1000) + "." + std::to_string(1000 + milli % 1000).substr(1);
}

}  // namespace

PerfettoExport::PerfettoExport(const sim::Scenario& scenario, const Selection& selection, Output out)
    : scenario_(scenario), deeds_(scenario), events_(std::move(out)) {
  events_.process(0, "network & faults");
  events_.thread(kFaults, "faults");
  events_.thread(kLost, "lost messages");
  for (const Member member : selection.members()) {
    events_.process(process_of(member), deeds_.name(member));
    events_.thread(handlers_of(member), "what it does");
    events_.thread({process_of(member), kRoles}, "role");
  }
}

void PerfettoExport::on(const Record& record) {
  if (record.at != now_) flush();
  now_ = record.at;
  switch (record.kind) {
    case Kind::fault:
    case Kind::heal:
      return on_fault(record);
    case Kind::violation:
      return events_.everywhere(record.at, deeds_.of(record));
    case Kind::light:
      return on_lamp(record);
    case Kind::drop:
      return events_.instant(kLost, record.at, deeds_.name(record.node) + ": " + deeds_.of(record));
    default:
      break;
  }
  deeds_now_[record.node].push_back(deeds_.of(record));
  on_message(record);
  on_figure(record);
  on_life(record);
}

void PerfettoExport::on_message(const Record& record) {
  if (record.kind == Kind::send) sent_[record.number] = {record.node, record.at};
  if (record.kind != Kind::recv) return;
  const auto send = sent_.find(record.number);
  if (send == sent_.end()) return;  // not in the part that is wanted
  arrivals_.push_back({std::string(core::name_of(record.type)), send->second, record.node});
}

void PerfettoExport::on_figure(const Record& record) {
  const std::uint32_t process = process_of(record.node);
  switch (record.kind) {
    case Kind::suspect:
    case Kind::trust:
      return events_.counter(process, record.at, "phi of " + deeds_.name(record.peer), decimal(record.phi_milli));
    case Kind::deliver:
      return events_.counter(process, record.at, "delivered", std::to_string(record.seq));
    case Kind::submit:
    case Kind::ack:
    case Kind::reject:
      return events_.instant(handlers_of(record.node), record.at, deeds_.of(record));
    default:
      return;
  }
}

void PerfettoExport::on_life(const Record& record) {
  const Track role{process_of(record.node), kRoles};
  switch (record.kind) {
    case Kind::role:
      return become(role, std::string(core::name_of(record.role)) + ", epoch " + std::to_string(record.epoch), now_);
    case Kind::crash:
      become(role, "", now_);
      return rest(record.node, record.left ? "has left" : "down", now_);
    case Kind::pause:
      return rest(record.node, "paused", now_);
    case Kind::start:
    case Kind::restart:
    case Kind::resume:
      return rest(record.node, "", now_);
    default:
      return;
  }
}

// What it was is a slice now, unless it took no time.
void PerfettoExport::become(Track track, const std::string& name, core::Instant at) {
  Lasting& lasting = lasting_[{track.process, track.thread}];
  if (!lasting.name.empty() && at > lasting.since)
    events_.slice(track, lasting.since, at - lasting.since, lasting.name);
  lasting = {name, at};
}

void PerfettoExport::rest(Member node, const std::string& name, core::Instant at) {
  Lasting& resting = resting_[node];
  if (!resting.name.empty()) events_.span(process_of(node), resting.since, at, resting.name);
  resting = {name, at};
}

void PerfettoExport::on_lamp(const Record& record) {
  const core::LightsPlan& plan = scenario_.group.city.lights;
  const core::LightFact& light = record.more->light;
  const Track track{process_of(record.node),
                    kFirstLamp + light.lamp.intersection * plan.approaches + light.lamp.approach};
  if (!lasting_.contains({track.process, track.thread}))
    events_.thread(track, "lamp " + lamp_in_words(light.lamp, plan));
  become(track, std::string(core::name_of(light.colour)), record.at);
}

void PerfettoExport::on_fault(const Record& record) {
  const core::Details& more = *record.more;
  if (record.kind == Kind::fault) {
    faults_.push_back({more.text, deeds_.of(record), record.number, more.nodes, record.at});
    return;
  }
  const auto same = [&](const OpenFault& fault) { return fault.number == record.number && fault.nodes == more.nodes; };
  const auto found = std::find_if(faults_.begin(), faults_.end(), same);
  if (found == faults_.end()) return;
  events_.span(0, found->since, record.at, found->text);
  faults_.erase(found);
}

// Slices first: an arrow looks for the one that it begins or ends in.
void PerfettoExport::flush() {
  for (const auto& [node, deeds] : deeds_now_) events_.slice(handlers_of(node), now_, kLength, deeds.front(), deeds);
  for (const Arrival& arrival : arrivals_)
    events_.arrow(arrival.type, handlers_of(arrival.sent.from), arrival.sent.at, handlers_of(arrival.to), now_);
  deeds_now_.clear();
  arrivals_.clear();
}

void PerfettoExport::end(core::Instant at) {
  flush();
  for (const auto& [track, lasting] : lasting_) become({track.first, track.second}, "", at);
  for (const auto& [node, resting] : resting_) rest(node, "", at);
  for (const OpenFault& fault : faults_) {
    if (is_moment(fault.name))
      events_.instant(kFaults, fault.since, fault.text);
    else
      events_.span(0, fault.since, at, fault.text);
  }
  events_.end();
}

}  // namespace tools
