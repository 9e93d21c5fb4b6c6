// How far long work is, on stderr: one line that is rewritten on a terminal, else a line now and then.
#pragma once

#include <chrono>
#include <string>

namespace tools {

class StatusLine {
 public:
  explicit StatusLine(std::chrono::seconds elsewhere);  // how often, where it is no terminal
  ~StatusLine() { hide(); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  [[nodiscard]] bool due() const { return Clock::now() >= next_; }
  void show(const std::string& text);
  void hide();  // before anything else is printed
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;

  bool terminal_;
  bool shown_ = false;
  Clock::duration interval_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
};

}  // namespace tools
