#include "tools/campaign.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>

#include "tools/interrupt.hpp"

namespace tools {
namespace {

struct Interrupted {};

// Leaves a run in the middle when Ctrl-C comes; a replay has no other door.
struct InterruptSink : core::RecordSink {
  void on(const core::Record&) override {
    if (interrupted()) throw Interrupted{};
  }
};

// Workers take jobs in order and put results into a box; the caller's thread takes them out in order.
class Pool {
 public:
  Pool(const Jobs& jobs, unsigned threads) : jobs_(jobs) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }

  ~Pool() {
    const std::lock_guard lock(mutex_);
    next_in_ = jobs_.size();
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  bool serve(Audience& audience) {
    while (next_out_ < jobs_.size()) {
      const std::optional<Result> result = take(audience);
      if (!result) return false;
      audience.on(*result);
    }
    return true;
  }

 private:
  void work() {
    try {
      while (const std::optional<std::size_t> index = next_job()) {
        std::optional<Result> result = run_job(jobs_.at(*index));
        const std::lock_guard lock(mutex_);
        if (!result) break;
        ++done_;
        failed_ += result->outcome.judgement.passed ? 0U : 1U;
        box_.emplace(*index, std::move(*result));
        news_.notify_one();
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      error_ = std::current_exception();
    }
    news_.notify_one();
  }

  std::optional<std::size_t> next_job() {
    const std::lock_guard lock(mutex_);
    if (interrupted() || error_ || next_in_ == jobs_.size()) return std::nullopt;
    return next_in_++;
  }

  // The next result in order; nothing once an interrupt means that it will not come.
  std::optional<Result> take(Audience& audience) {
    constexpr std::chrono::milliseconds kPatience{100};
    std::unique_lock lock(mutex_);
    while (!box_.contains(next_out_)) {
      if (error_) std::rethrow_exception(error_);
      if (interrupted()) return std::nullopt;
      news_.wait_for(lock, kPatience);
      audience.progress(done_, failed_);
    }
    return std::move(box_.extract(next_out_++).mapped());
  }

  const Jobs& jobs_;
  std::mutex mutex_;
  std::condition_variable news_;
  std::map<std::size_t, Result> box_;
  std::exception_ptr error_;
  std::size_t next_in_ = 0, next_out_ = 0, done_ = 0, failed_ = 0;
  std::vector<std::jthread> threads_;  // last: they end before what they use
};

}  // namespace

Jobs::Jobs(const std::vector<sim::Scenario>& scenarios, const RunOptions& options)
    : scenarios_(scenarios), options_(options) {
  if (options.seeds) per_scenario_ = options.seeds->last - options.seeds->first + 1;
}

Job Jobs::at(std::size_t index) const {
  const sim::Scenario& scenario = scenarios_.at(index / per_scenario_);
  if (options_.seeds) return {&scenario, options_.seeds->first + index % per_scenario_};
  return {&scenario, options_.seed.value_or(scenario.seed)};
}

std::optional<Result> run_job(const Job& job, std::span<core::RecordSink* const> sinks) {
  InterruptSink interrupt;
  std::vector<core::RecordSink*> all(sinks.begin(), sinks.end());
  all.push_back(&interrupt);
  const auto start = std::chrono::steady_clock::now();
  try {
    sim::Outcome outcome = sim::replay(*job.scenario, job.seed, all);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return Result{job, std::move(outcome), wall.count()};
  } catch (const Interrupted&) {
    return std::nullopt;
  }
}

bool run_jobs(const Jobs& jobs, unsigned threads, Audience& audience) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  Pool pool(jobs, static_cast<unsigned>(std::min<std::size_t>(threads, jobs.size())));
  return pool.serve(audience);
}

}  // namespace tools
