// Steps of a settled group: what they record, what the judge says of it, and paths made short.
#include "sim/explore/rehearse.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "sim/explore/shrink_path.hpp"
#include "sim/hunt/failure.hpp"
#include "tests/sim/decode_support.hpp"

namespace {

using Kind = sim::Step::Kind;

sim::Scenario three(const std::string& rest) {
  return decode_support::good("version: 1\nnodes: 3\n" + rest);
}

struct Kept : core::RecordSink {
  std::vector<core::Record> records;
  void on(const core::Record& record) override { records.push_back(record); }
  [[nodiscard]] std::size_t count(core::Kind kind, core::Member node) const {
    return static_cast<std::size_t>(std::count_if(records.begin(), records.end(), [&](const core::Record& record) {
      return record.kind == kind && record.node == node;
    }));
  }
};

sim::Outcome replayed(const sim::Scenario& scenario, Kept* kept = nullptr) {
  std::vector<core::RecordSink*> sinks;
  if (kept != nullptr) sinks.push_back(kept);
  return sim::replay(scenario, scenario.seed, sinks);
}

// Without a quorum two nodes that do not trust one another both deliver.
sim::Found split_brain(const sim::Scenario& scenario) {
  const sim::Bounds bounds{
      .crashes = 0, .losses = 0, .suspicions = 3, .submits = 2, .late = sim::Bounds::kAny, .anytime = true};
  sim::Model model(scenario.group, bounds, scenario.seed);
  sim::Search search(model, model.settled(), {.states = 300'000});
  while (search.go_on(100'000)) {
  }
  REQUIRE(search.found());
  return *search.found();
}

// Which rule the path breaks; "": none.
std::string broken_by(const sim::Scenario& scenario, const std::vector<sim::Step>& path) {
  sim::Model model(scenario.group, sim::without_bounds(), scenario.seed);
  sim::State state = model.settled();
  for (const sim::Step& step : path) {
    if (model.possible(state, step)) state = model.take(state, step);
    if (state.ghost.breach()) return state.ghost.breach()->invariant;
  }
  return "";
}

}  // namespace

TEST_CASE("a settled group takes its steps, a millisecond apart") {
  Kept kept;
  const sim::Scenario scenario = three(
      "steps:\n  - {submit: n3}\n  - {deliver: n1, from: n3, what: ORDER}\n  - {deliver: n3, from: n1}\n"
      "  - {crash: n2}\n  - {restart: n2}\n");
  const sim::Outcome outcome = replayed(scenario, &kept);
  CHECK(outcome.judgement.passed);
  CHECK(outcome.judgement.leader == 2);
  CHECK(outcome.end == core::Instant{} + core::Duration::ms(6));
  CHECK(outcome.count(core::Kind::submit) == 1);
  CHECK(kept.count(core::Kind::deliver, 2) == 2);  // the beginning of its epoch, and the event
  CHECK(kept.count(core::Kind::restart, 1) == 1);
  for (const core::Record& record : kept.records) {
    if (record.kind == core::Kind::submit) CHECK(record.at.ns == 1'000'000);
    if (record.kind == core::Kind::crash) CHECK(record.at.ns == 4'000'000);
  }
  CHECK(replayed(scenario).digest == outcome.digest);
  CHECK(sim::rehearse(scenario, scenario.seed).digest == outcome.digest);
}

TEST_CASE("steps that are not possible are skipped and told") {
  const auto notes = [](const std::string& steps) {
    const std::vector<std::string> all = replayed(three("steps:\n" + steps)).judgement.notes;
    std::string found;
    for (const std::string& note : all)
      if (note.find("steps") != std::string::npos) found += note;
    return found;
  };
  CHECK(notes("  - {crash: n1}\n  - {crash: n1}\n  - {restart: n2}\n  - {deliver: n1, from: n2}\n") ==
        "3 of 4 steps could not be taken");
  CHECK(notes("  - {crash: n1}\n").empty());
}

TEST_CASE("a step can end in the middle") {
  Kept whole, cut;
  replayed(three("steps: [{submit: n3}]\n"), &whole);
  replayed(three("steps: [{submit: n3, crash_after: 1}]\n"), &cut);
  CHECK(whole.count(core::Kind::crash, 2) == 0);
  CHECK(cut.count(core::Kind::crash, 2) == 1);
  CHECK(cut.count(core::Kind::send, 2) < whole.count(core::Kind::send, 2));
}

TEST_CASE("messages are dropped when they are lost and when their receiver dies") {
  Kept kept;
  replayed(three("steps: [{submit: n3}, {lose: n1, from: n3}, {crash: n2}]\n"), &kept);
  REQUIRE(kept.count(core::Kind::drop, 0) == 1);
  REQUIRE(kept.count(core::Kind::drop, 1) == 1);
  std::vector<std::uint64_t> sent, dropped;
  for (const core::Record& record : kept.records) {
    if (record.kind == core::Kind::drop) dropped.push_back(record.number);
    if (record.kind == core::Kind::send && record.at.ns == 1'000'000) sent.push_back(record.number);
  }
  CHECK(sent == dropped);
}

TEST_CASE("what a search finds fails again as steps, and shrunk nothing can be left out") {
  sim::Scenario scenario = three("group: {quorum: none}\n");
  const sim::Found found = split_brain(scenario);
  CHECK(broken_by(scenario, found.path) == found.breach.invariant);
  const sim::Found small = sim::shrink_path(scenario.group, scenario.seed, found);
  CHECK(small.breach.invariant == found.breach.invariant);
  CHECK(small.path.size() < found.path.size());
  CHECK(broken_by(scenario, small.path) == found.breach.invariant);
  for (std::size_t i = 0; i < small.path.size(); ++i) {
    CAPTURE(i);
    std::vector<sim::Step> less = small.path;
    less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(broken_by(scenario, less) != found.breach.invariant);
  }
  scenario.steps = sim::as_planned(scenario.group, scenario.seed, small.path);
  REQUIRE(scenario.steps.size() == small.path.size());
  for (const sim::PlannedStep& step : scenario.steps) CHECK(step.what.empty() != sim::concerns_message(step.step.kind));
  CHECK(sim::try_out(scenario, scenario.seed));
}

TEST_CASE("a breach that the judge does not see is reported by the step's node and ends the run") {
  // The new leader dies before it delivers something else in the place of what it lacks.
  Kept kept;
  const sim::Outcome outcome = replayed(
      three("group: {quorum: none}\nsteps:\n  - {suspect: n3, node: n2}\n  - {submit: n1}\n"
            "  - {deliver: n3, from: n1}\n  - {fire: candidacy, node: n2, crash_after: 5}\n  - {restart: n2}\n"),
      &kept);
  CHECK_FALSE(outcome.judgement.passed);
  REQUIRE(outcome.judgement.violations.size() == 1);
  CHECK(outcome.judgement.violations[0].invariant == "durability");
  CHECK(kept.count(core::Kind::violation, 1) == 1);
  CHECK(kept.count(core::Kind::crash, 1) == 1);
  CHECK(kept.count(core::Kind::restart, 1) == 0);
}
