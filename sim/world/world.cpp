#include "sim/world/world.hpp"

#include "sim/explore/rehearse.hpp"

namespace sim {

World::World(const Scenario& scenario, std::uint64_t seed, std::span<core::RecordSink* const> sinks, Script* script)
    : scenario_{scenario},
      network_{scenario, seed},
      recorder_{scenario, timeline_, sinks},
      lamps_{scenario, seed, timeline_, recorder_},
      hosts_{scenario, seed, timeline_, network_, recorder_, lamps_, script},
      faults_{scenario, seed, timeline_, network_, hosts_, recorder_, script},
      workload_{scenario, seed, timeline_, network_, hosts_, script},
      membership_{scenario, seed, timeline_, hosts_, script},
      traffic_{scenario, seed, timeline_, hosts_} {
  if (scenario.dispatch) fleet_.emplace(scenario, seed, timeline_, hosts_);
}

Outcome World::run() {
  faults_.schedule();
  workload_.schedule();
  membership_.schedule();
  traffic_.schedule();
  if (fleet_) fleet_->schedule();
  hosts_.start_all();
  settle();
  Due due;
  while (timeline_.next(core::Instant{} + scenario_.duration, due)) {
    if (const Due* next = timeline_.upcoming()) hosts_.expect(*next);
    happen(due);
    settle();
  }
  const std::uint64_t events =
      recorder_.count(core::Kind::send) + recorder_.count(core::Kind::recv) + hosts_.timers_fired();
  return recorder_.end(events, faults_.problems(recorder_));
}

void World::happen(const Due& due) {
  switch (due.kind()) {
    case Due::Kind::deliver:
    case Due::Kind::deliver_copy:
    case Due::Kind::link_down:
      return hosts_.arrive(due);
    case Due::Kind::wake:
      return hosts_.wake(due);
    case Due::Kind::sync:
      return hosts_.synced(due);
    case Due::Kind::traffic:
      return traffic_.report();
    case Due::Kind::lamp_wake:
      return lamps_.wake(due);
    case Due::Kind::lamp_report:
      return hosts_.hear_lamp(due);
    case Due::Kind::fault:
      return faults_.strike(due);
    case Due::Kind::heal:
      return faults_.undo(due);
    case Due::Kind::workload:
      return workload_.submit(due);
    case Due::Kind::membership:
      return membership_.change(due);
    case Due::Kind::client:
      return fleet_->on(due);
  }
}

// Until nothing more happens at this instant by itself. A fault that fired strikes before the step goes on.
void World::settle() {
  do {
    while (recorder_.fired()) faults_.on(recorder_.take_fired());
  } while (hosts_.proceed());
}

Outcome replay(const Scenario& scenario, std::uint64_t seed, std::span<core::RecordSink* const> sinks, Script* script) {
  if (!scenario.steps.empty()) return rehearse(scenario, seed, sinks);
  return World(scenario, seed, sinks, script).run();
}

}  // namespace sim
