#include "sim/hunt/shrink_order.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace sim {
namespace {

constexpr std::size_t kRandom = 2;  // chance is harder to follow than a number
constexpr std::size_t kLoad = 10;   // for each event that a load submits: events with names are better

std::size_t submissions(const SubmitLoad& load) {
  if (load.stop <= load.start) return 0;
  return static_cast<std::size_t>(((load.stop - load.start).ns + load.interval.ns - 1) / load.interval.ns);
}

std::size_t crashes(const DispatchLoad& load) {
  const SubmitLoad reports{.interval = load.crash_every, .from = {}, .start = load.start, .stop = load.stop};
  return 1 + submissions(reports);
}

std::size_t strikes(const Fault& fault) {
  const auto* every = std::get_if<Every>(&fault.trigger);
  if (every == nullptr || every->from > every->until) return 1;
  return static_cast<std::size_t>((every->until - every->from).ns / every->every.ns) + 1;
}

std::size_t clutter(const Latency& latency) {
  if (latency.shape == Latency::Shape::fixed) return latency.a == Duration::ms(5) ? 0 : 1;
  return latency.shape == Latency::Shape::uniform ? kRandom : kRandom + 1;
}

std::size_t clutter(const Target& target) {
  std::size_t sum = 0;
  for (const Atom& atom : target) sum += atom.who == Atom::Who::random ? kRandom + atom.count : 1;
  return sum;
}

std::size_t clutter(const LinkPatch& patch) {
  const auto given = [](const auto& key) { return key ? std::size_t{1} : std::size_t{0}; };
  return (patch.latency ? 1 + clutter(*patch.latency) : 0) + given(patch.loss_ppm) + given(patch.duplicate_ppm) +
         given(patch.reorder_ppm) + given(patch.bits_per_second);
}

// What each action makes the reader look at; an overload for each kind.
struct ActionClutter {
  std::size_t operator()(const Isolate& action) const { return clutter(action.who); }
  std::size_t operator()(const Partition& action) const {
    std::size_t sum = 1;
    for (const Target& group : action.groups) sum += 1 + clutter(group);
    return sum;
  }
  std::size_t operator()(const ShapedPartition&) const { return 4 + kRandom; }
  std::size_t operator()(const Cut& action) const {
    return clutter(action.from) + clutter(action.to) + (action.both ? 1 : 0);
  }
  std::size_t operator()(const LinkFault& action) const {
    return clutter(action.from) + clutter(action.to) + clutter(action.patch) + (action.both ? 1 : 0);
  }
  std::size_t operator()(const ClockFault& action) const {
    return clutter(action.who) + (action.drift_ppm ? 1U : 0U) + (action.step == Duration{} ? 0 : 1);
  }
  std::size_t operator()(const DiskFault& action) const {
    return 1 + clutter(action.who) + (action.what == DiskFault::What::slow ? clutter(action.latency) : 0);
  }
  std::size_t operator()(const HealAll&) const { return 0; }
  std::size_t operator()(const auto& action) const { return clutter(action.who); }
};

std::size_t clutter(const Fault& fault) {
  std::size_t sum = (fault.lasts ? 1 : 0) + std::visit(ActionClutter{}, fault.action);
  if (const auto* when = std::get_if<When>(&fault.trigger))
    sum += 3U + (when->nth > 1 ? 1U : 0U) + (when->plus == Duration{} ? 0U : 1U);
  return sum + (std::holds_alternative<Every>(fault.trigger) ? 4 * strikes(fault) : 0);
}

std::size_t differing(const core::Timing& a, const core::Timing& b) {
  const auto tie = [](const core::Timing& t) {
    return std::array{t.heartbeat_interval.ns,
                      static_cast<std::int64_t>(t.detector),
                      std::int64_t{t.phi_threshold_milli},
                      std::int64_t{t.phi_window},
                      t.phi_min_stddev.ns,
                      t.phi_acceptable_pause.ns,
                      t.fixed_timeout.ns,
                      t.answer_timeout.ns,
                      t.election_timeout.ns,
                      t.retransmit.ns,
                      t.hold_timeout.ns,
                      std::int64_t{t.clock_drift_max_ppm}};
  };
  const auto x = tie(a), y = tie(b);
  std::size_t count = 0;
  for (std::size_t i = 0; i < x.size(); ++i) count += x[i] == y[i] ? 0U : 1U;
  return count;
}

std::size_t clutter(const core::Config& group) {
  std::size_t sum = differing(group.timing, {});
  for (const core::MemberInfo& member : group.members) sum += member.rank == 0 ? 0 : 1;
  const core::Config plain;
  return sum + (group.quorum == plain.quorum ? 0 : 1) + (group.takeover == plain.takeover ? 0 : 1) +
         (group.storage == plain.storage ? 0 : 1) + (group.snapshot_every == plain.snapshot_every ? 0 : 1);
}

std::size_t clutter(const LinkModel& model) {
  return clutter(model.latency) + (model.loss_ppm == 0 ? 0 : kRandom) + (model.duplicate_ppm == 0 ? 0 : kRandom) +
         (model.reorder_ppm == 0 ? 0 : kRandom) + (model.bits_per_second == LinkModel{}.bits_per_second ? 0 : 1);
}

std::size_t clutter(const Expect& expect, const core::Timing& timing) {
  return (expect.all_invariants ? 0U : 1U + expect.invariants.size()) + expect.violations.size() +
         expect.tolerated.size() + (expect.settle == timing.election_timeout * 3 ? 0 : 1) +
         (expect.final_leader ? 1U : 0U) + (expect.leader_within ? 1U : 0U) + (expect.delivered_all ? 1U : 0U) +
         (expect.completed_all ? 1U : 0U) + expect.at_least.size();
}

std::size_t clutter_of_sends(const Scenario& scenario) {
  std::size_t sum = 0;
  for (const SubmitLoad& load : scenario.workload)
    sum += clutter(load.from) + kLoad * submissions(load) + (load.size == 100 ? 0 : 1) + (load.chain == 1 ? 0 : 1);
  for (const PlannedEvent& event : scenario.events) sum += event.after.size() + (event.size == 100 ? 0 : 1);
  for (const MembershipChange& change : scenario.membership) sum += clutter(change.who);
  return sum;
}

std::size_t clutter(const core::LightsPlan& plan, const LightsLoad& load) {
  const core::LightsPlan plain;
  const std::array same{
      plan.approaches == plain.approaches, plan.green == plain.green,         plan.yellow == plain.yellow,
      plan.all_red == plain.all_red,       plan.min_green == plain.min_green, plan.order == plain.order,
      plan.leases == plain.leases,         load.lamp_drift_ppm == 0,          load.cars_every == Duration{}};
  return static_cast<std::size_t>(std::count(same.begin(), same.end(), false));
}

// What of it is not as usual.
std::size_t clutter(const DispatchLoad& load) {
  const auto tie = [](const DispatchLoad& l) {
    return std::array<std::int64_t, 9>{l.cars,   l.ambulances,  l.hospitals, l.beds,       l.crash_every.ns,
                                       l.leg.ns, l.handover.ns, l.stay.ns,   l.patience.ns};
  };
  const auto x = tie(load), y = tie({});
  std::size_t count = load.away.size() * 3;
  for (std::size_t i = 0; i < x.size(); ++i) count += x[i] == y[i] ? 0U : 1U;
  return count;
}

std::size_t clutter(const Scenario& scenario) {
  std::size_t sum = clutter(scenario.group) + clutter(scenario.network) + clutter_of_sends(scenario) +
                    clutter(scenario.expect, scenario.group.timing) + (scenario.seed == 1 ? 0 : 1) +
                    (scenario.disk_latency ? 1 + clutter(*scenario.disk_latency) : 0);
  if (scenario.lights) sum += clutter(scenario.group.city.lights, *scenario.lights);
  if (scenario.dispatch) sum += clutter(*scenario.dispatch);
  for (const auto& [member, own] : scenario.own_settings) sum += 1 + differing(own.timing, scenario.group.timing);
  for (const LinkOverride& link : scenario.links)
    sum += 1 + clutter(link.from) + clutter(link.to) + clutter(link.patch) + (link.both ? 1 : 0);
  for (const Fault& fault : scenario.faults) sum += clutter(fault);
  return sum;
}

}  // namespace

Size size_of(const Scenario& scenario) {
  Size size{.nodes = scenario.group.size(),
            .sends = scenario.events.size() + scenario.membership.size(),
            .fates = scenario.messages.size(),
            .steps = scenario.steps.size(),
            .duration = scenario.duration};
  for (const Fault& fault : scenario.faults) size.faults += strikes(fault);
  for (const SubmitLoad& load : scenario.workload) size.sends += submissions(load);
  if (scenario.lights) size.sends += scenario.group.city.lights.intersections;
  if (scenario.dispatch) size.sends += crashes(*scenario.dispatch);
  return size;
}

std::size_t untidiness(Duration time) {
  constexpr std::array steps{Duration::s(1),   Duration::ms(500), Duration::ms(100), Duration::ms(50),
                             Duration::ms(10), Duration::ms(1),   Duration::us(1)};
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (time.ns % steps[i].ns == 0) return i;
  return steps.size();
}

std::vector<Duration*> moments_of(Scenario& scenario) {
  std::vector<Duration*> moments;
  for (SubmitLoad& load : scenario.workload) moments.insert(moments.end(), {&load.start, &load.stop});
  for (PlannedEvent& event : scenario.events) moments.push_back(&event.at);
  if (scenario.dispatch) {
    moments.insert(moments.end(), {&scenario.dispatch->start, &scenario.dispatch->stop});
    for (DispatchLoad::Away& away : scenario.dispatch->away) moments.push_back(&away.at);
  }
  for (MembershipChange& change : scenario.membership) moments.push_back(&change.at);
  for (Fault& fault : scenario.faults) {
    if (auto* at = std::get_if<At>(&fault.trigger)) moments.push_back(&at->at);
    if (auto* every = std::get_if<Every>(&fault.trigger)) moments.insert(moments.end(), {&every->from, &every->until});
  }
  for (MessageFate& fate : scenario.messages)
    if (fate.what != MessageFate::What::drop) moments.push_back(&fate.at);
  return moments;
}

std::vector<Duration*> spans_of(Scenario& scenario) {
  std::vector<Duration*> spans;
  for (Fault& fault : scenario.faults) {
    if (fault.lasts) spans.push_back(&*fault.lasts);
    if (auto* when = std::get_if<When>(&fault.trigger)) spans.push_back(&when->plus);
    if (auto* clock = std::get_if<ClockFault>(&fault.action)) spans.push_back(&clock->step);
  }
  return spans;
}

Order order_of(const Scenario& scenario) {
  Order order;
  order.size = size_of(scenario);
  order.clutter = clutter(scenario);
  for (const Fault& fault : scenario.faults)
    if (const auto* when = std::get_if<When>(&fault.trigger))
      order.total = order.total + Duration{static_cast<std::int64_t>(when->nth)};
  for (const MessageFate& fate : scenario.messages)
    order.total = order.total + Duration{static_cast<std::int64_t>(fate.nth)};
  Scenario copy = scenario;
  for (const auto& times : {moments_of(copy), spans_of(copy)})
    for (const Duration* time : times) {
      order.untidiness += untidiness(*time);
      order.total = order.total + (*time < Duration{} ? Duration{} - *time : *time);
    }
  return order;
}

}  // namespace sim
