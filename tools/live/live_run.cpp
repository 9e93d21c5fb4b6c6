#include "tools/live/live_run.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>

#include "net/record/tape_reader.hpp"
#include "sim/scenario/units.hpp"
#include "sim/world/fault_driver.hpp"
#include "sim/world/membership.hpp"
#include "sim/world/recorder.hpp"
#include "sim/world/traffic.hpp"
#include "sim/world/workload.hpp"
#include "tools/interrupt.hpp"
#include "tools/live/client_processes.hpp"
#include "tools/live/processes.hpp"

namespace tools {
namespace {

using core::Duration;
using core::Instant;
using sim::Due;

constexpr Duration kOnTime = Duration::ms(20);  // later is late
constexpr std::chrono::microseconds kBetweenLooks{500};

// Nobody wants to know it more exactly.
std::string in_ms(Duration duration) {
  return sim::show(Duration::ms(duration.ns / 1'000'000));
}

// Two time lines: what is due, by the scenario, and what has happened, by the records, which come a little later.
class LiveRun {
 public:
  LiveRun(const LiveOrder& order, std::span<core::RecordSink* const> sinks)
      : scenario_{*order.scenario},
        end_{Instant{} + scenario_.duration},
        board_{scenario_.group.size()},
        network_{scenario_, order.seed},
        recorder_{scenario_, past_, sinks},
        merge_{scenario_.group.size(), board_},
        lamps_{scenario_, order.seed, board_, merge_},
        processes_{scenario_, order.seed, order.folder, order.form, network_, board_, merge_, lamps_},
        faults_{scenario_, order.seed, future_, network_, processes_, merge_, nullptr},
        workload_{scenario_, order.seed, future_, network_, processes_, nullptr},
        membership_{scenario_, order.seed, future_, processes_, nullptr},
        traffic_{scenario_, order.seed, future_, processes_},
        clients_{scenario_, order.seed, processes_.addresses()} {}

  sim::Outcome run() {
    faults_.schedule();
    workload_.schedule();
    membership_.schedule();
    traffic_.schedule();
    processes_.start_all();
    while (past_.now() < end_) {
      if (interrupted()) throw CutShort{};
      processes_.look();
      clients_.look(board_.now() - Instant{});
      do_what_is_due();
      record_what_has_happened();
      std::this_thread::sleep_for(kBetweenLooks);
    }
    std::vector<std::string> problems = faults_.problems(recorder_);
    problems.insert(problems.end(), processes_.problems().begin(), processes_.problems().end());
    const std::uint64_t events = recorder_.count(core::Kind::send) + recorder_.count(core::Kind::recv);
    sim::Outcome outcome = recorder_.end(events, problems);
    auto& notes = outcome.judgement.notes;
    notes.insert(notes.end(), late_.begin(), late_.end());
    return outcome;
  }

 private:
  void do_what_is_due() {
    Due due;
    while (future_.next(std::min(board_.now(), end_), due)) {
      if (due.kind() == Due::Kind::fault || due.kind() == Due::Kind::heal) note_lateness(due.at);
      happen(due);
    }
  }

  void happen(const Due& due) {
    if (due.kind() == Due::Kind::fault) return faults_.strike(due);
    if (due.kind() == Due::Kind::heal) return faults_.undo(due);
    if (due.kind() == Due::Kind::workload) return workload_.submit(due);
    if (due.kind() == Due::Kind::traffic) return traffic_.report();
    membership_.change(due);
  }

  // What happens at the end or later is left out, as in the simulator.
  void record_what_has_happened() {
    Due none;
    while (std::optional<OwnedRecord> next = merge_.next()) {
      if (next->record.at > end_) break;
      past_.next(next->record.at, none);
      recorder_.on(next->record);
      while (recorder_.fired()) {
        const sim::Fired fired = recorder_.take_fired();
        note_lateness(next->record.at);
        faults_.on(fired);
      }
    }
    if (merge_.complete_until() >= end_) past_.next(end_, none);
  }

  void note_lateness(Instant due) {
    const Duration late = board_.now() - due;
    if (late > kOnTime)
      late_.push_back("a fault due at " + in_ms(due - Instant{}) + " was applied " + in_ms(late) + " late");
  }

  const sim::Scenario& scenario_;
  Instant end_;
  sim::Timeline future_, past_;
  Board board_;
  sim::Network network_;
  sim::Recorder recorder_;
  Merge merge_;
  LiveLamps lamps_;
  Processes processes_;
  sim::FaultDriver faults_;
  sim::Workload workload_;
  sim::MembershipDriver membership_;
  sim::Traffic traffic_;
  ClientProcesses clients_;
  std::vector<std::string> late_;  // faults, as sentences
};

}  // namespace

sim::Outcome run_live(const LiveOrder& order, std::span<core::RecordSink* const> sinks) {
  for (const core::MemberInfo& member : order.scenario->group.members)
    std::filesystem::create_directories(order.folder / member.name);
  sim::Outcome outcome = LiveRun(order, sinks).run();  // here its processes are gone
  for (const auto& entry : std::filesystem::directory_iterator(order.folder))
    if (entry.path().extension() == ".rec") net::close_tape(entry.path().string());
  return outcome;
}

}  // namespace tools
