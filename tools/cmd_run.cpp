// `run` and `live`: plays scenarios in virtual time or for real, and tells what happened.
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "tools/campaign.hpp"
#include "tools/commands.hpp"
#include "tools/explain/explain_report.hpp"
#include "tools/interrupt.hpp"
#include "tools/live/live_job.hpp"
#include "tools/report/progress.hpp"
#include "tools/report/story.hpp"
#include "tools/report/summary.hpp"
#include "tools/report/verdict_json.hpp"
#include "tools/scenario_files.hpp"
#include "tools/trace/jsonl_trace.hpp"
#include "tools/trace/output_file.hpp"
#include "tools/view/report_file.hpp"

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

// What one run leaves behind, opened before it begins.
struct Files {
  std::unique_ptr<OutputFile> trace;
  std::unique_ptr<ReportFile> report;
};

// Nothing if `path` is not wanted.
template <class File>
std::unique_ptr<File> open_file(const std::string& flag, const std::string& path, const RunOptions& options,
                                const Jobs& jobs) {
  if (path.empty()) return nullptr;
  if (jobs.size() != 1)
    throw BadInput(flag + " needs exactly one run, and these are " + std::to_string(jobs.size()) +
                   "; name one file and one --seed");
  std::error_code ignored;
  if (std::filesystem::equivalent(path, options.files.front(), ignored))
    throw BadInput(flag + ": " + path + " is the scenario itself and would be overwritten");
  return std::make_unique<File>(path);
}

Files open_files(const RunOptions& options, const Jobs& jobs) {
  if (!options.trace.empty() && options.trace == options.report)
    throw BadInput("--trace and --report: " + options.trace + " cannot be both");
  return {open_file<OutputFile>("--trace", options.trace, options, jobs),
          open_file<ReportFile>("--report", options.report, options, jobs)};
}

void check_keep(const RunOptions& options, const Jobs& jobs) {
  if (options.keep.empty() || jobs.size() == 1) return;
  throw BadInput("--keep needs exactly one run, and these are " + std::to_string(jobs.size()) +
                 "; name one file and one --seed");
}

// The page of a run: its trace, and why it failed.
class Page {
 public:
  // REQUIRES: both outlive it.
  Page(ReportFile& file, const Job& job)
      : file_{file}, job_{job}, trace_{file.next_trace(), *job.scenario, job.seed, job.mode} {}

  void listen(std::vector<core::RecordSink*>& sinks) { sinks.insert(sinks.end(), {&trace_, &chronicle_}); }
  void end(const sim::Outcome& outcome, const std::string& program) {
    trace_.end(outcome);
    Json account = explanations_json(explain(chronicle_, *job_.scenario, outcome), job_, program);
    account["name"] = job_.scenario->name;
    file_.end(Json::array({std::move(account)}));
  }

 private:
  using Json = nlohmann::ordered_json;

  ReportFile& file_;
  const Job& job_;
  JsonlTrace trace_;
  Chronicle chronicle_;
};

// One run with all that listens to it.
ExitCode run_one(const Job& job, const RunOptions& options, const Runner& runner, Files& files) {
  Story story(*job.scenario);
  std::optional<JsonlTrace> trace;
  std::optional<Page> page;
  std::vector<core::RecordSink*> sinks;
  if (!options.json) sinks.push_back(&story);
  if (files.trace) sinks.push_back(&trace.emplace(*files.trace, *job.scenario, job.seed, job.mode));
  if (files.report) page.emplace(*files.report, job).listen(sinks);
  const std::optional<Result> result = runner(job, sinks);
  if (!result) std::cerr << "bellwether: interrupted in mid-run; nothing is kept of it\n";
  if (trace && result) trace->end(result->outcome);
  if (page && result) page->end(result->outcome, options.program);
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
  Files files = open_files(options, jobs);
  const Runner runner = options.mode == Mode::sim ? Runner(run_job) : live_runner(options);
  catch_interrupts();
  if (jobs.size() == 1) return run_one(jobs.at(0), options, runner, files);
  if (options.json) return run_many(jobs, options.threads, runner, VerdictDocument(std::cout));
  return run_many(jobs, options.threads, runner, Summary(jobs, std::cout, Style::of_stdout(), options.program));
}

}  // namespace tools
