#include "sim/world/fault_driver.hpp"

#include <utility>

#include "sim/world/fault_problem.hpp"

namespace sim {
namespace {

bool ails_machines(const Action& action) {
  return std::holds_alternative<ClockFault>(action) || std::holds_alternative<DiskFault>(action);
}

bool corrupts(const Action& action) {
  const auto* disk = std::get_if<DiskFault>(&action);
  return disk != nullptr && disk->what == DiskFault::What::corrupt;
}

}  // namespace

FaultDriver::FaultDriver(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, const Network& network,
                         Machines& machines, core::RecordSink& records, Script* script)
    : scenario_{scenario},
      seed_{seed},
      timeline_{timeline},
      network_{network},
      machines_{machines},
      records_{records},
      script_{script},
      ailments_{scenario},
      progress_(scenario.faults.size()) {}

void FaultDriver::schedule() {
  for (std::size_t i = 0; i < scenario_.faults.size(); ++i) {
    const Trigger& trigger = scenario_.faults[i].trigger;
    const auto push = [&](Duration after) {
      timeline_.push({core::Instant{} + after, Due::Kind::fault, 0, 0, static_cast<std::uint32_t>(i)});
    };
    if (const auto* at = std::get_if<At>(&trigger)) push(at->at);
    if (const auto* every = std::get_if<Every>(&trigger); every != nullptr && every->from <= every->until)
      push(every->from);
  }
}

void FaultDriver::on(const Fired& fired) {
  progress_[fired.fault].it = fired.it;
  progress_[fired.fault].fired = true;
  const Duration plus = std::get<When>(scenario_.faults[fired.fault].trigger).plus;
  if (plus == Duration{}) return strike(fired.fault);
  timeline_.push({timeline_.now() + plus, Due::Kind::fault, 0, 0, fired.fault});
}

void FaultDriver::strike(const Due& due) {
  const auto* every = std::get_if<Every>(&scenario_.faults[due.arg].trigger);
  if (every != nullptr && due.at + every->every <= core::Instant{} + every->until)
    timeline_.push({due.at + every->every, Due::Kind::fault, 0, 0, due.arg});
  strike(due.arg);
}

void FaultDriver::strike(std::uint32_t fault) {
  const Action& action = scenario_.faults[fault].action;
  Progress& progress = progress_[fault];
  if (calm_) {
    progress.spared = true;
    return;
  }
  const std::vector<Standing> standings = machines_.standings();
  const core::Rng rng = core::Rng::stream(seed_, core::Purpose::fault, {fault, progress.attempts++});
  Targets targets(scenario_.group, standings, progress.it, rng);
  Aim hit = aim(action, targets);
  if (hit.members.empty()) return;
  ++progress.strikes;
  if (script_ != nullptr) script_->strikes.push_back({fault, timeline_.now(), std::move(hit.named)});
  const std::optional<std::uint32_t> handle = disturb(fault, hit);
  expire_later(fault, hit.members, handle);
  record(core::Kind::fault, fault, hit.members);
  ++strikes_;
  hurt(action, hit.members);
}

void FaultDriver::expire_later(std::uint32_t fault, const Members& members, std::optional<std::uint32_t> handle) {
  const std::optional<Duration> lasts = scenario_.faults[fault].lasts;
  if (!lasts) return;
  Stroke stroke{.fault = fault, .number = strikes_, .victims = {}, .handle = handle};
  for (const Member member : members) stroke.victims.push_back({member, machines_.incarnation(member)});
  timeline_.push({timeline_.now() + *lasts, Due::Kind::heal, 0, 0, static_cast<std::uint32_t>(strokes_.size())});
  strokes_.push_back(std::move(stroke));
}

// Brings changes of links, clocks and disks into force. What is corrupt is not undone, so it has no handle.
std::optional<std::uint32_t> FaultDriver::disturb(std::uint32_t fault, Aim& aim) {
  const Action& action = scenario_.faults[fault].action;
  if (std::holds_alternative<HealAll>(action)) heal_all(aim.members);
  if (std::holds_alternative<Calm>(action)) calm(aim.members);
  if (corrupts(action)) {
    for (const Member member : aim.members) machines_.damage_disk(member);
  } else if (ails_machines(action)) {
    const Ailments::Handle handle = ailments_.begin(fault, aim.members);
    treat(aim.members);
    return handle;
  }
  if (aim.links.empty()) return std::nullopt;
  using Kind = LinkChange::Kind;
  const bool patches = std::holds_alternative<LinkFault>(action);
  return machines_.change_links(
      {.kind = patches ? Kind::patch : Kind::close, .number = fault, .links = std::move(aim.links), .members = {}});
}

void FaultDriver::end(const Action& action, std::uint32_t handle, const Members& members) {
  if (!ails_machines(action)) {
    machines_.change_links({.kind = LinkChange::Kind::lift, .number = handle, .links = {}, .members = {}});
    return;
  }
  ailments_.end(handle);
  treat(members);
}

// Gives machines the clocks and disks that the faults in force leave them.
void FaultDriver::treat(const Members& members) {
  for (const Member member : members) {
    machines_.bend_clock(member, ailments_.drift_ppm(member));
    machines_.set_disk(member, ailments_.disk(member));
  }
}

void FaultDriver::heal_all(const Members& everybody) {
  machines_.change_links({.kind = LinkChange::Kind::lift_all, .number = 0, .links = {}, .members = {}});
  ailments_.end_all();
  treat(everybody);
  for (Stroke& stroke : strokes_) stroke.healed = true;
}

void FaultDriver::calm(const Members& members) {
  machines_.change_links({.kind = LinkChange::Kind::lift_among, .number = 0, .links = {}, .members = members});
  ailments_.end_at(members);
  treat(members);
  calm_ = true;
}

// Stops and starts nodes.
void FaultDriver::hurt(const Action& action, const Members& members) {
  for (const Member member : members) {
    if (std::holds_alternative<Crash>(action)) machines_.crash(member);
    if (std::holds_alternative<Restart>(action)) machines_.restart(member);
    if (std::holds_alternative<Pause>(action)) machines_.pause(member);
  }
  if (std::holds_alternative<HealAll>(action)) wake_up(members, false);
  if (std::holds_alternative<Calm>(action)) wake_up(members, true);
}

// Who has left, or has not joined yet, is none of the crashed.
void FaultDriver::wake_up(const Members& members, bool crashed_too) {
  for (const Member member : members) {
    const Life life = machines_.life(member);
    if (life == Life::paused) machines_.resume(member);
    if (life == Life::down && crashed_too && machines_.present(member)) machines_.restart(member);
  }
}

// What `heal: all` has healed needs no undoing; but a crashed node it leaves down, so its restart still comes.
void FaultDriver::undo(const Due& due) {
  if (calm_) return;
  const Stroke stroke = std::move(strokes_[due.arg]);
  const Action& action = scenario_.faults[stroke.fault].action;
  const bool crash = std::holds_alternative<Crash>(action);
  if (stroke.healed && !crash) return;
  Members members;
  for (const Victim victim : stroke.victims) members.push_back(victim.member);
  if (stroke.handle) end(action, *stroke.handle, members);
  if (script_ != nullptr) script_->heals.push_back(stroke.number);
  record(core::Kind::heal, stroke.fault, std::move(members));
  for (const Victim victim : stroke.victims) {
    if (machines_.incarnation(victim.member) != victim.incarnation) continue;
    const Life life = machines_.life(victim.member);
    if (crash && life == Life::down) machines_.restart(victim.member);
    if (std::holds_alternative<Pause>(action) && life == Life::paused) machines_.resume(victim.member);
  }
}

void FaultDriver::record(core::Kind kind, std::uint32_t fault, Members members) {
  const core::Details details{.text = std::string{name_of(scenario_.faults[fault].action)},
                              .detail = {},
                              .nodes = std::move(members),
                              .closed = network_.closed()};
  core::Record record;
  record.kind = kind;
  record.number = fault;
  record.more = &details;
  records_.on(record);
}

std::vector<std::string> FaultDriver::problems(const Recorder& recorder) const {
  std::vector<std::string> problems;
  for (std::size_t i = 0; i < progress_.size(); ++i) {
    if (progress_[i].strikes > 0 || progress_[i].spared) continue;
    const auto* when = std::get_if<When>(&scenario_.faults[i].trigger);
    const Unstruck why{.fired = progress_[i].fired,
                       .attempts = progress_[i].attempts,
                       .records = when != nullptr ? recorder.count(when->kind) : 0};
    problems.push_back(describe(scenario_, scenario_.faults[i], why));
  }
  return problems;
}

}  // namespace sim
