#include "tools/campaign.hpp"

#include <atomic>
#include <chrono>

#include "core/base/check.hpp"
#include "tools/in_order.hpp"
#include "tools/interrupt.hpp"

namespace tools {
namespace {

struct Latest : core::RecordSink {
  core::Instant at;
  void on(const core::Record& record) override { at = record.at; }
};

// A check of the program's own that fails breaks the run off: a defect of the nodes, told like a rule that they broke.
sim::Outcome broken_off(const core::CheckFailed& failed, core::Instant at, std::span<core::RecordSink* const> sinks) {
  const core::Details details{.text = "check", .detail = failed.what(), .nodes = {}, .closed = {}};
  core::Record record{.at = at, .kind = core::Kind::violation};
  record.more = &details;
  for (core::RecordSink* sink : sinks) sink->on(record);
  sim::Outcome outcome;
  outcome.judgement.violations.push_back({details.text, at, details.detail});
  outcome.judgement.violation_count = 1;
  outcome.end = at;
  return outcome;
}

}  // namespace

Jobs::Jobs(const std::vector<sim::Scenario>& scenarios, const RunOptions& options)
    : scenarios_(scenarios), options_(options) {
  if (options.seeds) per_scenario_ = options.seeds->last - options.seeds->first + 1;
}

Job Jobs::at(std::size_t index) const {
  const sim::Scenario& scenario = scenarios_.at(index / per_scenario_);
  if (options_.seeds) return {&scenario, options_.seeds->first + index % per_scenario_, options_.mode};
  return {&scenario, options_.seed.value_or(scenario.seed), options_.mode};
}

std::optional<Result> run_job(const Job& job, std::span<core::RecordSink* const> sinks) {
  InterruptSink interrupt;
  Latest latest;
  std::vector<core::RecordSink*> all{&latest};
  all.insert(all.end(), sinks.begin(), sinks.end());
  all.push_back(&interrupt);
  const auto start = std::chrono::steady_clock::now();
  sim::Outcome outcome;
  try {
    outcome = sim::replay(*job.scenario, job.seed, all);
  } catch (const core::CheckFailed& failed) {
    outcome = broken_off(failed, latest.at, sinks);
  } catch (const CutShort&) {
    return std::nullopt;
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  return Result{job, std::move(outcome), wall.count()};
}

bool run_jobs(const Jobs& jobs, unsigned threads, const Runner& runner, Audience& audience) {
  std::atomic<std::size_t> done = 0, failed = 0;
  Work<Result> work;
  work.job = [&](std::size_t index) {
    std::optional<Result> result = runner(jobs.at(index), {});
    if (result) ++done;
    if (result && !result->outcome.judgement.passed) ++failed;
    return result;
  };
  work.use = [&](const Result& result) {
    audience.on(result);
    return true;
  };
  work.meanwhile = [&] { audience.progress(done, failed); };
  return in_order(jobs.size(), threads, work);
}

}  // namespace tools
