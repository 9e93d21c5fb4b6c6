// Small groups made by code, and a tape of all that they record.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/world/replay.hpp"

namespace world_test {

using core::Duration;
using core::Kind;
using core::Member;

// A record with what hung off it.
struct Note {
  core::Record record;
  core::Details more;
  std::vector<core::EventId> depends_on;
};

struct Tape : core::RecordSink {
  std::vector<Note> notes;

  void on(const core::Record& record) override {
    Note note{record, {}, {}};
    if (record.more != nullptr) note.more = *record.more;
    if (record.event != nullptr) note.depends_on = record.event->depends_on;
    notes.push_back(std::move(note));
  }

  // Those that fit, in order.
  [[nodiscard]] std::vector<Note> those(auto fits) const {
    std::vector<Note> found;
    for (const Note& note : notes)
      if (fits(note)) found.push_back(note);
    return found;
  }
  [[nodiscard]] std::vector<Note> of(Kind kind) const {
    return those([kind](const Note& note) { return note.record.kind == kind; });
  }
  [[nodiscard]] std::vector<Note> of(Kind kind, Member node) const {
    return those([=](const Note& note) { return note.record.kind == kind && note.record.node == node; });
  }
  // Place of the nth (from 1) record of a kind.
  [[nodiscard]] std::size_t place(Kind kind, std::uint64_t nth = 1) const {
    for (std::size_t i = 0; i < notes.size(); ++i)
      if (notes[i].record.kind == kind && --nth == 0) return i;
    return notes.size();
  }
};

inline std::int64_t ms(core::Instant at) {
  return at.ns / 1'000'000;
}

inline sim::Target named(std::initializer_list<Member> members) {
  sim::Target target;
  for (const Member member : members) target.push_back({sim::Atom::Who::member, member});
  return target;
}
inline sim::Target who(sim::Atom::Who atom, std::uint32_t count = 1) {
  return {{atom, core::kNobody, count}};
}

inline sim::Fault at(Duration when, sim::Action action, std::optional<Duration> lasts = {}) {
  return {.trigger = sim::At{when}, .action = std::move(action), .lasts = lasts, .line = 7};
}
inline sim::Fault when(Kind kind, std::uint64_t nth, sim::Action action, std::optional<Duration> lasts = {}) {
  return {.trigger = sim::When{kind, nth, {}}, .action = std::move(action), .lasts = lasts, .line = 8};
}

inline core::Config group_of(std::size_t size) {
  core::Config group;
  for (std::size_t i = 1; i <= size; ++i) group.members.push_back({"n" + std::to_string(i), {0, i}, 0});
  return group;
}

// n1..n5 on a perfect network: every message takes 2 ms, none is lost.
inline sim::Scenario scenario_of(std::size_t size, Duration duration) {
  sim::Scenario scenario;
  scenario.name = "made by a test";
  scenario.file = "test.yaml";
  scenario.duration = duration;
  scenario.group = group_of(size);
  scenario.network.latency = {sim::Latency::Shape::fixed, Duration::ms(2), {}};
  scenario.network.loss_ppm = 0;
  scenario.expect.settle = Duration::s(15);
  return scenario;
}

inline sim::SubmitLoad load(Duration interval, Duration start, Duration stop, std::uint32_t chain = 1) {
  return {
      .interval = interval, .from = who(sim::Atom::Who::all), .start = start, .stop = stop, .size = 10, .chain = chain};
}

struct Run {
  sim::Outcome outcome;
  Tape tape;
};

inline Run run(const sim::Scenario& scenario, std::uint64_t seed = 1) {
  Run result;
  core::RecordSink* const sinks[] = {&result.tape};
  result.outcome = sim::replay(scenario, seed, sinks);
  for (Note& note : result.tape.notes) note.record.event = nullptr, note.record.more = nullptr;
  return result;
}

}  // namespace world_test
