#include "sim/world/workload.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "core/base/check.hpp"
#include "sim/world/targets.hpp"

namespace sim {
namespace {

bool same_at_all_times(const Target& target) {
  return std::all_of(target.begin(), target.end(),
                     [](const Atom& atom) { return atom.who == Atom::Who::member || atom.who == Atom::Who::all; });
}

}  // namespace

Workload::Workload(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, const Network& network,
                   Machines& machines, Script* script)
    : scenario_{scenario},
      seed_{seed},
      timeline_{timeline},
      network_{network},
      machines_{machines},
      script_{script},
      planned_(scenario.events.size()),
      written_(scenario.workload.size() + scenario.events.size()) {
  for (const SubmitLoad& spec : scenario.workload) {
    Load load;
    load.next = {.depends_on = {}, .type = "message", .payload = std::string(spec.size, '.')};
    if (same_at_all_times(spec.from)) load.dealt_to = whom(spec, loads_.size(), 0);
    loads_.push_back(std::move(load));
  }
  std::iota(planned_.begin(), planned_.end(), std::uint32_t{0});
  std::sort(planned_.begin(), planned_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair{scenario.events[a].at, a} < std::pair{scenario.events[b].at, b};
  });
}

void Workload::schedule() {
  for (std::size_t i = 0; i < scenario_.workload.size(); ++i) {
    const SubmitLoad& spec = scenario_.workload[i];
    core::check(spec.interval > Duration{}, "submissions are some time apart");
    if (spec.start < spec.stop)
      timeline_.push({core::Instant{} + spec.start, Due::Kind::workload, 0, 0, static_cast<std::uint32_t>(i)});
  }
  schedule_planned();
}

// One at a time, so that the timeline stays short.
void Workload::schedule_planned() {
  if (due_ == planned_.size()) return;
  const std::uint32_t event = planned_[due_++];
  timeline_.push({core::Instant{} + scenario_.events[event].at, Due::Kind::workload, 0, 0, key_of(event)});
}

void Workload::submit(const Due& due) {
  if (due.arg >= loads_.size()) return submit_planned(due.arg - static_cast<std::uint32_t>(loads_.size()));
  const SubmitLoad& spec = scenario_.workload[due.arg];
  const core::Instant next = timeline_.now() + spec.interval;
  if (next < core::Instant{} + spec.stop) timeline_.push({next, Due::Kind::workload, 0, 0, due.arg});
  take_turn(due.arg);
}

void Workload::submit_planned(std::uint32_t event) {
  schedule_planned();
  const PlannedEvent& planned = scenario_.events[event];
  if (machines_.life(planned.from) != Life::up) return;
  core::Submission submission{.depends_on = {}, .type = "message", .payload = std::string(planned.size, '.')};
  std::vector<std::uint32_t> after;
  for (const std::uint32_t cause : planned.after) {
    const core::EventId id = machines_.newest_of(key_of(cause));
    if (id.number == 0 || !machines_.submitted(id)) continue;
    submission.depends_on.push_back(id);
    after.push_back(key_of(cause));
  }
  write_down(planned.from, key_of(event), planned.size, after);
  machines_.submit(planned.from, key_of(event), submission);
}

void Workload::take_turn(std::uint32_t key) {
  const SubmitLoad& spec = scenario_.workload[key];
  Load& load = loads_[key];
  const std::uint64_t turn = load.turn++;
  const std::vector<Member> drawn = load.dealt_to.empty() ? whom(spec, key, turn) : std::vector<Member>{};
  const std::vector<Member>& from = load.dealt_to.empty() ? drawn : load.dealt_to;
  if (from.empty()) return;
  const Member member = from[turn % from.size()];
  if (machines_.life(member) != Life::up) return;  // it misses its turn

  const core::EventId last = machines_.newest_of(key);
  const bool chained = continues(spec, load, last, member);
  load.length = chained ? load.length + 1 : 1;
  load.next.depends_on.clear();
  if (chained) load.next.depends_on.push_back(last);
  write_down(member, key, spec.size, chained ? std::vector{key} : std::vector<std::uint32_t>{});
  machines_.submit(member, key, load.next);
}

// `after`: the keys of those whose newest submissions it depends on.
void Workload::write_down(Member member, std::uint32_t key, std::uint32_t size,
                          const std::vector<std::uint32_t>& after) {
  if (script_ == nullptr) return;
  PlannedEvent event{.name = {}, .from = member, .at = timeline_.now() - core::Instant{}, .after = {}, .size = size};
  for (const std::uint32_t cause : after) event.after.push_back(written_[cause]);
  std::sort(event.after.begin(), event.after.end());
  written_[key] = static_cast<std::uint32_t>(script_->events.size());
  script_->events.push_back(std::move(event));
}

// A chain goes on at another node that the last event's node can reach, if that event was accepted at all.
bool Workload::continues(const SubmitLoad& spec, const Load& load, core::EventId last, Member member) const {
  if (last.number == 0 || load.length >= spec.chain || last.member() == member) return false;
  return machines_.submitted(last) && network_.open(last.member(), member);
}

std::vector<Member> Workload::whom(const SubmitLoad& load, std::uint64_t key, std::uint64_t turn) const {
  const std::vector<Standing> standings = machines_.standings();
  const core::Rng rng = core::Rng::stream(seed_, core::Purpose::workload, {key, turn});
  return Targets(scenario_.group, standings, core::kNobody, rng).find(load.from);
}

}  // namespace sim
