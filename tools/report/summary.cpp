#include "tools/report/summary.hpp"

#include <algorithm>

#include "sim/check/names.hpp"
#include "tools/report/findings.hpp"

namespace tools {
namespace {

constexpr std::size_t kFailuresInFull = 3, kSeedsNamed = 12;

}  // namespace

Summary::Summary(const Jobs& jobs, std::ostream& out, Style style, std::string program)
    : jobs_(jobs), out_(out), style_(style), program_(std::move(program)) {
  for (std::size_t i = 0; i < jobs.size(); i += jobs.per_scenario())
    width_ = std::max(width_, jobs.at(i).scenario->file.size());
}

void Summary::add(const Result& result) {
  const sim::Judgement& judgement = result.outcome.judgement;
  const bool first = file_.passed + file_.failed == 0;
  if (first || judgement.longest_leaderless > file_.leaderless) {
    file_.leaderless = judgement.longest_leaderless;
    file_.leaderless_seed = result.job.seed;
  }
  file_.detector.add(judgement.detector);
  ++(judgement.passed ? file_.passed : file_.failed);
  ++(judgement.passed ? passed_ : failed_);
  if (!judgement.passed && file_.failures.size() < kFailuresInFull)
    file_.failures.push_back("    seed " + std::to_string(result.job.seed) + "\n" + findings(result, style_, "      ") +
                             "      repeat: " + repeat_command(program_, result.job) + "\n");
  else if (!judgement.passed && file_.more.size() < kSeedsNamed)
    file_.more.push_back(result.job.seed);
  current_ = result.job.scenario->file;
  if (file_.passed + file_.failed == jobs_.per_scenario()) print_file(current_);
}

void Summary::print_file(const std::string& name) {
  out_ << style_.mark(file_.failed == 0) << ' ' << padded(name, width_ + 2) << file_.passed << " passed";
  if (file_.failed != 0) out_ << ", " << style_.red(std::to_string(file_.failed) + " failed");
  out_ << "; at most " << sim::in_seconds(file_.leaderless) << " without a leader";
  if (jobs_.per_scenario() > 1) out_ << " (seed " << file_.leaderless_seed << ')';
  if (const std::string words = file_.detector.in_words(); !words.empty()) out_ << "; " << words;
  out_ << '\n';
  for (const std::string& failure : file_.failures) out_ << failure;
  if (file_.failed > file_.failures.size()) {
    out_ << "    … " << file_.failed - file_.failures.size() << " more: seeds";
    for (const std::uint64_t seed : file_.more) out_ << ' ' << seed;
    out_ << (file_.failed > file_.failures.size() + file_.more.size() ? " …\n" : "\n");
  }
  out_.flush();
  file_ = {};
}

void Summary::end(bool complete) {
  if (file_.passed + file_.failed != 0) print_file(current_);
  out_ << style_.bold(sim::counted(passed_ + failed_, "run")) << ": " << passed_ << " passed, " << failed_ << " failed";
  if (!complete) out_ << "; interrupted, " << jobs_.size() - passed_ - failed_ << " not run";
  out_ << '\n';
}

}  // namespace tools
