// How far a campaign is, on stderr: one line that is rewritten on a terminal, else a line now and then.
#pragma once

#include <chrono>
#include <cstddef>

namespace tools {

class Progress {
 public:
  explicit Progress(std::size_t total);
  ~Progress() { hide(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::size_t done, std::size_t failed);
  void hide();  // before anything else is printed

 private:
  using Clock = std::chrono::steady_clock;

  std::size_t total_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
};

}  // namespace tools
