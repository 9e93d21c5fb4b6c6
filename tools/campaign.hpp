// Many runs of given scenarios: which, and their results in order. Each thread runs one scenario and seed at a time and
// shares nothing with the others but the scenarios, which nobody changes.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "sim/world/replay.hpp"
#include "tools/command_line.hpp"

namespace tools {

struct Job {
  const sim::Scenario* scenario = nullptr;
  std::uint64_t seed = 1;
  Mode mode = Mode::sim;
};

struct Result {
  Job job;
  sim::Outcome outcome;
  double wall_s = 0;
};

// The jobs of a command: each scenario with its own seed, with the given one, or with each of a range.
class Jobs {
 public:
  // REQUIRES: `scenarios` and `options` outlive it.
  Jobs(const std::vector<sim::Scenario>& scenarios, const RunOptions& options);

  [[nodiscard]] std::size_t size() const { return scenarios_.size() * per_scenario_; }
  [[nodiscard]] std::size_t per_scenario() const { return per_scenario_; }
  [[nodiscard]] Job at(std::size_t index) const;  // scenario by scenario, seeds ascending

 private:
  const std::vector<sim::Scenario>& scenarios_;
  const RunOptions& options_;
  std::size_t per_scenario_ = 1;
};

// Runs one job in virtual time, in this thread; nothing if Ctrl-C cut it short.
std::optional<Result> run_job(const Job& job, std::span<core::RecordSink* const> sinks = {});

// Hears of a campaign, in the thread that called run_jobs().
struct Audience {
  virtual ~Audience() = default;
  virtual void on(const Result& result) = 0;                        // in the order of the jobs
  virtual void progress(std::size_t done, std::size_t failed) = 0;  // now and then
};

// How a job is run; nothing: Ctrl-C cut it short.
using Runner = std::function<std::optional<Result>(const Job& job, std::span<core::RecordSink* const> sinks)>;

// False if Ctrl-C came first: then the audience has heard of the first jobs, without a gap.
bool run_jobs(const Jobs& jobs, unsigned threads, const Runner& runner, Audience& audience);

}  // namespace tools
