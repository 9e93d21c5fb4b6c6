// `run` and `live`: plays scenarios in virtual time or for real, and tells what happened.
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "tools/campaign.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/live/live_job.hpp"
#include "tools/report/progress.hpp"
#include "tools/report/story.hpp"
#include "tools/report/summary.hpp"
#include "tools/report/verdict_json.hpp"
#include "tools/scenario_files.hpp"
#include "tools/trace/jsonl_trace.hpp"

namespace tools {
namespace {

// Hands results to a report and keeps the progress line out of its way.
template <class Report>
class Reporter : public Audience {
 public:
  Reporter(Report& report, std::size_t total) : report_(report), progress_(total) {}

  void on(const Result& result) override {
    progress_.hide();
    report_.add(result);
    held_ = held_ && result.outcome.judgement.passed;
    if (!std::cout) throw BadInput("bellwether: stdout cannot be written; the runs that are left are not done");
  }
  void progress(std::size_t done, std::size_t failed) override { progress_.show(done, failed); }
  [[nodiscard]] bool held() const { return held_; }

 private:
  Report& report_;
  Progress progress_;
  bool held_ = true;
};

ExitCode exit_code(bool complete, bool held) {
  if (!complete) return ExitCode::interrupted;
  return held ? ExitCode::held : ExitCode::failed;
}

template <class Report>
ExitCode run_many(const Jobs& jobs, unsigned threads, const Runner& runner, Report report) {
  bool complete = false, held = true;
  {
    Reporter<Report> reporter(report, jobs.size());
    complete = run_jobs(jobs, threads, runner, reporter);
    held = reporter.held();
  }
  report.end(complete);
  return exit_code(complete, held);
}

// The file that the trace goes to, if one is wanted.
std::unique_ptr<OutputFile> open_trace(const RunOptions& options, const Jobs& jobs) {
  if (options.trace.empty()) return nullptr;
  if (jobs.size() != 1)
    throw BadInput("--trace needs exactly one run, and these are " + std::to_string(jobs.size()) +
                   "; name one file and one --seed");
  std::error_code ignored;
  if (std::filesystem::equivalent(options.trace, options.files.front(), ignored))
    throw BadInput("--trace: " + options.trace + " is the scenario itself and would be overwritten");
  return std::make_unique<OutputFile>(options.trace);
}

void check_keep(const RunOptions& options, const Jobs& jobs) {
  if (options.keep.empty() || jobs.size() == 1) return;
  throw BadInput("--keep needs exactly one run, and these are " + std::to_string(jobs.size()) +
                 "; name one file and one --seed");
}

// One run with all that listens to it.
ExitCode run_one(const Job& job, const RunOptions& options, const Runner& runner, OutputFile* file) {
  Story story(*job.scenario);
  std::optional<JsonlTrace> trace;
  std::vector<core::RecordSink*> sinks;
  if (!options.json) sinks.push_back(&story);
  if (file != nullptr) sinks.push_back(&trace.emplace(*file, *job.scenario, job.seed, job.mode));
  const std::optional<Result> result = runner(job, sinks);
  if (!result) std::cerr << "bellwether: interrupted in mid-run; nothing is kept of it\n";
  if (trace && result) trace->end(result->outcome);
  if (options.json) {
    VerdictDocument document(std::cout);
    if (result) document.add(*result);
    document.end(result.has_value());
  } else if (result) {
    std::cout << story.tell(*result, Style::of_stdout(), options.program);
  }
  return exit_code(result.has_value(), result && result->outcome.judgement.passed);
}

}  // namespace

ExitCode run_command(const RunOptions& options) {
  const std::vector<sim::Scenario> scenarios = load_scenarios(options.files);
  const Jobs jobs(scenarios, options);
  check_keep(options, jobs);
  const std::unique_ptr<OutputFile> trace = open_trace(options, jobs);
  const Runner runner = options.mode == Mode::sim ? Runner(run_job) : live_runner(options);
  catch_interrupts();
  if (jobs.size() == 1) return run_one(jobs.at(0), options, runner, trace.get());
  if (options.json) return run_many(jobs, options.threads, runner, VerdictDocument(std::cout));
  return run_many(jobs, options.threads, runner, Summary(jobs, std::cout, Style::of_stdout(), options.program));
}

}  // namespace tools
