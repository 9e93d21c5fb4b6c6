#include "tools/hunt/trial.hpp"

#include "core/base/rng.hpp"
#include "sim/hunt/swarm.hpp"
#include "tools/interrupt.hpp"

namespace tools {
namespace {

constexpr std::uint64_t kOneInSoManyTwice = 20;

// Which kind of fault it is, more finely than by its key in the file.
std::string kind_of(const sim::Action& action) {
  constexpr std::array disks{"lose_unsynced", "torn_write", "corrupt", "full", "slow"};
  constexpr std::array shapes{"halves", "one", "bridge", "ring"};
  std::string name(name_of(action));
  if (const auto* disk = std::get_if<sim::DiskFault>(&action))
    name += std::string(" ") + disks.at(static_cast<std::size_t>(disk->what));
  if (const auto* partition = std::get_if<sim::ShapedPartition>(&action))
    name += std::string(" ") + shapes.at(static_cast<std::size_t>(partition->shape));
  if (const auto* cut = std::get_if<sim::Cut>(&action)) name += cut->both ? " both" : " one-way";
  if (const auto* clock = std::get_if<sim::ClockFault>(&action)) name += clock->drift_ppm ? " drift" : " step";
  return name;
}

// Counts which kinds of fault strike.
struct FaultCounter : core::RecordSink {
  explicit FaultCounter(const sim::Scenario& of) : scenario(of) {}
  void on(const core::Record& record) override {
    if (record.kind == core::Kind::fault) ++counts[kind_of(scenario.faults.at(record.number).action)];
  }
  const sim::Scenario& scenario;
  Counts counts;
};

bool is_done_twice(std::uint64_t seed) {
  return core::mix64(seed + 1) % kOneInSoManyTwice == 0;
}

// Runs it once more, and compares.
std::optional<sim::Failure> compare(const sim::Scenario& scenario, const Trial& trial, const core::Digest& digest) {
  InterruptSink interrupt;
  core::RecordSink* const sinks[] = {&interrupt};
  sim::Outcome again;
  const std::optional<sim::Failure> failure = sim::try_out(scenario, trial.seed, &again, sinks);
  if (again.digest == digest && failure.has_value() == trial.failure.has_value()) return trial.failure;
  return sim::Failure{kNotTheSame, again.end,
                      "the same scenario and seed gave the digests " + digest.hex() + " and " + again.digest.hex()};
}

void take_figures(const sim::Outcome& outcome, Trial& trial) {
  trial.simulated = outcome.end - core::Instant{};
  trial.events = outcome.events;
  trial.halted = outcome.judgement.halted;
  trial.settled = outcome.judgement.settled_at_end && !trial.halted;
  for (std::size_t i = 0; i < outcome.counts.size(); ++i)
    if (outcome.counts[i] != 0) trial.records[std::string(name_of(static_cast<core::Kind>(i)))] = outcome.counts[i];
}

}  // namespace

sim::Scenario scenario_of(const sim::Scenario* base, std::uint64_t seed) {
  return base == nullptr ? sim::swarm(seed) : sim::vary(*base, seed);
}

std::optional<Trial> try_seed(const sim::Scenario* base, std::uint64_t seed) {
  const sim::Scenario scenario = scenario_of(base, seed);
  Coverage coverage(scenario.group.size());
  FaultCounter faults(scenario);
  InterruptSink interrupt;
  core::RecordSink* const sinks[] = {&coverage, &faults, &interrupt};
  Trial trial;
  trial.seed = seed;
  sim::Outcome outcome;
  try {
    trial.failure = sim::try_out(scenario, seed, &outcome, sinks);
    trial.twice = is_done_twice(seed);
    if (trial.twice) trial.failure = compare(scenario, trial, outcome.digest);
  } catch (const CutShort&) {
    return std::nullopt;
  }
  take_figures(outcome, trial);
  trial.faults = std::move(faults.counts);
  trial.features = coverage.take();
  return trial;
}

}  // namespace tools
