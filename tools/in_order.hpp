// Jobs 0, 1, 2, … in several threads, their results in that order. What comes out does not depend on the number of
// threads. Threads exist here only.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tools {

// What is done. An exception from any of these ends it all and reaches the caller.
template <class Result>
struct Work {
  std::function<std::optional<Result>(std::size_t)> job;  // in any thread; nothing: no further job is begun
  std::function<bool(Result)> use;                        // in the caller's thread, in order; false: that is enough
  std::function<void()> meanwhile = [] {};                // in the caller's thread, now and then
};

template <class Result>
class Pool {
 public:
  Pool(std::size_t jobs, unsigned threads, const Work<Result>& work) : jobs_(jobs), work_(work) {
    running_ = threads;
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
  }
  ~Pool() { begin_no_more(); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // True if all results were used, or enough of them.
  bool serve() {
    for (std::size_t next = 0; next < jobs_; ++next) {
      std::optional<Result> result = take(next);
      if (!result) return false;
      if (!work_.use(std::move(*result))) return true;
    }
    return true;
  }

 private:
  void run() {
    try {
      while (const std::optional<std::size_t> index = next_job()) {
        std::optional<Result> result = work_.job(*index);
        if (!result) begin_no_more();
        const std::lock_guard lock(mutex_);
        if (result) box_.emplace(*index, std::move(*result));
        news_.notify_one();
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      error_ = std::current_exception();
      next_in_ = jobs_;
    }
    const std::lock_guard lock(mutex_);
    --running_;
    news_.notify_one();
  }

  std::optional<std::size_t> next_job() {
    const std::lock_guard lock(mutex_);
    if (next_in_ == jobs_) return std::nullopt;
    return next_in_++;
  }

  void begin_no_more() {
    const std::lock_guard lock(mutex_);
    next_in_ = jobs_;
  }

  // Nothing: it will not come.
  std::optional<Result> take(std::size_t index) {
    constexpr std::chrono::milliseconds kPatience{100};
    std::unique_lock lock(mutex_);
    while (!box_.contains(index)) {
      if (error_) std::rethrow_exception(error_);
      if (running_ == 0) return std::nullopt;
      news_.wait_for(lock, kPatience);
      lock.unlock();
      work_.meanwhile();
      lock.lock();
    }
    return std::move(box_.extract(index).mapped());
  }

  std::size_t jobs_;
  const Work<Result>& work_;
  std::mutex mutex_;
  std::condition_variable news_;
  std::map<std::size_t, Result> box_;
  std::exception_ptr error_;
  std::size_t next_in_ = 0;
  unsigned running_ = 0;
  std::vector<std::jthread> threads_;  // last: they end before what they use
};

// False if a job gave nothing: then the results of those before it have been used, without a gap.
// `threads`: 0 means one for each core.
template <class Result>
bool in_order(std::size_t jobs, unsigned threads, const Work<Result>& work) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  return Pool<Result>(jobs, static_cast<unsigned>(std::min<std::size_t>(threads, jobs)), work).serve();
}

}  // namespace tools
