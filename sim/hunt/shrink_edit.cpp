#include "sim/hunt/shrink_edit.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/group/settings.hpp"
#include "sim/hunt/shrink_order.hpp"

namespace sim {
namespace {

template <class T>
void erase_marked(std::vector<T>& items, const std::vector<bool>& gone) {
  std::size_t place = 0;
  std::erase_if(items, [&](const T&) { return gone[place++]; });
}

void erase_events(std::vector<PlannedEvent>& events, const std::vector<bool>& gone) {
  std::vector<std::uint32_t> number(events.size());
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    number[i] = next;
    next += gone[i] ? 0U : 1U;
    std::set<std::uint32_t> after;
    for (const std::uint32_t cause : events[i].after)
      if (gone[cause])
        after.insert(events[cause].after.begin(), events[cause].after.end());
      else
        after.insert(cause);
    events[i].after.assign(after.begin(), after.end());
  }
  erase_marked(events, gone);
  for (PlannedEvent& event : events)
    for (std::uint32_t& cause : event.after) cause = number[cause];
}

std::size_t count_of(const Scenario& scenario, PartKind kind) {
  const std::array counts{scenario.workload.size(),
                          scenario.faults.size(),
                          scenario.membership.size(),
                          scenario.events.size(),
                          scenario.messages.size(),
                          scenario.steps.size(),
                          scenario.dispatch ? std::size_t{1} : std::size_t{0},
                          scenario.lights ? std::size_t{1} : std::size_t{0}};
  return counts[static_cast<std::size_t>(kind)];
}

void leave_out_dispatch(Scenario& scenario) {
  scenario.dispatch.reset();
  scenario.group.city.dispatch = {};
}

void leave_out_lights(Scenario& scenario) {
  scenario.lights.reset();
  scenario.group.city.lights = {};
}

std::vector<bool> marks(const Scenario& scenario, const Parts& parts, PartKind kind) {
  std::vector<bool> marked(count_of(scenario, kind));
  for (const Part& part : parts)
    if (part.kind == kind) marked[part.index] = true;
  return marked;
}

// A node that joins and has not left before was not there at the beginning.
bool founds(const Scenario& scenario, Member member) {
  const MembershipChange* first = nullptr;
  for (const MembershipChange& change : scenario.membership)
    for (const Atom& atom : change.who)
      if (atom.who == Atom::Who::member && atom.member == member && (first == nullptr || change.at < first->at))
        first = &change;
  return first == nullptr || first->kind == MembershipChange::Kind::leave;
}

bool possible(const Action& action, std::size_t nodes) {
  const auto* shaped = std::get_if<ShapedPartition>(&action);
  if (shaped == nullptr) return true;
  return nodes >= (shaped->shape == Shape::bridge || shaped->shape == Shape::ring ? 3U : 2U);
}

// Files hold nothing that comes after the end, and nothing that ends before it begins.
bool in_time(const Scenario& scenario) {
  const auto loads = [](const SubmitLoad& load) { return load.start < load.stop; };
  const auto repeats = [](const Fault& fault) {
    const auto* every = std::get_if<Every>(&fault.trigger);
    return every == nullptr || every->from <= every->until;
  };
  Scenario copy = scenario;
  const std::vector<Duration*> moments = moments_of(copy);
  return std::all_of(scenario.workload.begin(), scenario.workload.end(), loads) &&
         std::all_of(scenario.faults.begin(), scenario.faults.end(), repeats) &&
         std::all_of(moments.begin(), moments.end(), [&](const Duration* at) { return *at <= scenario.duration; });
}

bool possible(const Scenario& scenario) {
  const core::Config& group = scenario.group;
  return in_time(scenario) &&
         std::any_of(group.members.begin(), group.members.end(), [](const auto& member) { return member.founder; }) &&
         std::all_of(scenario.faults.begin(), scenario.faults.end(),
                     [&](const Fault& fault) { return possible(fault.action, group.size()); });
}

}  // namespace

Parts parts_of(const Scenario& scenario, PartKind kind) {
  Parts parts;
  for (std::size_t i = 0; i < count_of(scenario, kind); ++i) parts.push_back({kind, i});
  return parts;
}

Parts parts_of(const Scenario& scenario) {
  Parts parts;
  for (const PartKind kind :
       {PartKind::dispatch, PartKind::lights, PartKind::load, PartKind::fault, PartKind::membership, PartKind::event})
    for (const Part& part : parts_of(scenario, kind)) parts.push_back(part);
  return parts;
}

Scenario without(Scenario scenario, const Parts& parts) {
  const auto gone = [&](PartKind kind) { return marks(scenario, parts, kind); };
  erase_events(scenario.events, gone(PartKind::event));
  if (const auto left_out = gone(PartKind::dispatch); !left_out.empty() && left_out.front())
    leave_out_dispatch(scenario);
  if (const auto left_out = gone(PartKind::lights); !left_out.empty() && left_out.front()) leave_out_lights(scenario);
  erase_marked(scenario.workload, gone(PartKind::load));
  erase_marked(scenario.faults, gone(PartKind::fault));
  erase_marked(scenario.membership, gone(PartKind::membership));
  erase_marked(scenario.messages, gone(PartKind::fate));
  erase_marked(scenario.steps, gone(PartKind::step));
  if (!scenario.steps.empty()) scenario.duration = time_of(scenario.steps.size());
  return scenario;
}

Scenario cut_to(Scenario scenario, Duration duration) {
  Parts late;
  for (const Part& part : parts_of(scenario, PartKind::event))
    if (scenario.events[part.index].at > duration) late.push_back(part);
  scenario = without(std::move(scenario), late);
  std::erase_if(scenario.membership, [&](const MembershipChange& change) { return change.at > duration; });
  std::erase_if(scenario.messages, [&](const MessageFate& fate) { return fate.at > duration; });
  std::erase_if(scenario.workload, [&](const SubmitLoad& load) { return load.start >= duration; });
  for (SubmitLoad& load : scenario.workload) load.stop = std::min(load.stop, duration);
  if (scenario.dispatch && scenario.dispatch->start >= duration) leave_out_dispatch(scenario);
  if (scenario.dispatch) {
    scenario.dispatch->stop = std::min(scenario.dispatch->stop, duration);
    std::erase_if(scenario.dispatch->away, [&](const DispatchLoad::Away& away) { return away.at > duration; });
  }
  std::erase_if(scenario.faults, [&](const Fault& fault) {
    const auto* at = std::get_if<At>(&fault.trigger);
    const auto* every = std::get_if<Every>(&fault.trigger);
    return (at != nullptr && at->at > duration) || (every != nullptr && every->from > duration);
  });
  for (Fault& fault : scenario.faults)
    if (auto* every = std::get_if<Every>(&fault.trigger)) {
      every->until = std::min(every->until, duration);
      every->every = std::min(every->every, duration);
    }
  scenario.duration = duration;
  return scenario;
}

std::optional<Scenario> completed(Scenario scenario) {
  for (std::size_t i = 0; i < scenario.group.size(); ++i)
    scenario.group.members[i].founder = founds(scenario, static_cast<Member>(i));
  if (!possible(scenario)) return std::nullopt;
  core::seal(scenario.group);
  for (auto& [member, own] : scenario.own_settings) {
    own.members = scenario.group.members;
    own.city = scenario.group.city;
    core::seal(own);
  }
  return scenario;
}

}  // namespace sim
