#include "tools/live/live_job.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "tools/exit_code.hpp"
#include "tools/interrupt.hpp"
#include "tools/live/live_run.hpp"
#include "tools/scenario_yaml.hpp"
#include "tools/trace/jsonl_trace.hpp"
#include "tools/trace/output_file.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;

// A new folder, which goes with this object unless it is kept.
class Folder {
 public:
  explicit Folder(const std::string& keep) : kept_{!keep.empty()} {
    if (kept_) {
      path_ = keep;
      if (!fs::create_directories(path_) && !fs::is_empty(path_))
        throw BadInput("--keep: " + keep + " is not empty; name a new folder");
      return;
    }
    std::string pattern = (fs::temp_directory_path() / "bellwether-live-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw BadInput("bellwether: no folder can be made at " + pattern);
    path_ = pattern;
  }
  ~Folder() {
    std::error_code ignored;
    if (!kept_) fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void keep() { kept_ = true; }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  bool kept_;
};

// What is left beside the recordings: what was run, and what happened.
class Account {
 public:
  Account(const fs::path& folder, const Job& job)
      : file_((folder / "trace.jsonl").string()), trace_(file_, *job.scenario, job.seed, Mode::live) {
    sim::Scenario scenario = *job.scenario;
    scenario.seed = job.seed;
    OutputFile out((folder / "scenario.yaml").string());
    out.write(scenario_yaml(scenario, "As it was run live."));
    out.commit();
  }
  core::RecordSink& trace() { return trace_; }
  void end(const sim::Outcome& outcome) { trace_.end(outcome); }

 private:
  OutputFile file_;
  JsonlTrace trace_;
};

std::optional<Result> run_live_job(const Job& job, const RunOptions& options,
                                   std::span<core::RecordSink* const> sinks) {
  std::vector<core::RecordSink*> all(sinks.begin(), sinks.end());
  Folder folder(options.keep);
  Account account(folder.path(), job);
  all.push_back(&account.trace());
  const LiveOrder order{job.scenario, job.seed, folder.path(), options.json_wire ? net::Form::json : net::Form::binary};
  const auto start = std::chrono::steady_clock::now();
  try {
    sim::Outcome outcome = run_live(order, all);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    account.end(outcome);
    if (!outcome.judgement.passed) {
      folder.keep();
      std::cerr << "bellwether: run it again in the simulator, as it went: " << options.program << " replay "
                << folder.path().string() << '\n';
    }
    return Result{job, std::move(outcome), wall.count()};
  } catch (const CutShort&) {
    return std::nullopt;
  } catch (const std::runtime_error& error) {
    throw BadInput("bellwether: " + job.scenario->file + ": " + error.what());
  }
}

}  // namespace

Runner live_runner(const RunOptions& options) {
  return [&options](const Job& job, std::span<core::RecordSink* const> sinks) {
    return run_live_job(job, options, sinks);
  };
}

}  // namespace tools
