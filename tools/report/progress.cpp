#include "tools/report/progress.hpp"

#include <unistd.h>

#include <cstdio>

namespace tools {
namespace {

constexpr std::chrono::milliseconds kOnTerminal{200};
constexpr std::chrono::seconds kElsewhere{30};

}  // namespace

Progress::Progress(std::size_t total)
    : total_(total), terminal_(isatty(STDERR_FILENO) != 0), next_(start_ + (terminal_ ? kOnTerminal : kElsewhere)) {}

void Progress::show(std::size_t done, std::size_t failed) {
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + (terminal_ ? kOnTerminal : kElsewhere);
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done) / seconds;
  const double left = done == 0 ? 0 : static_cast<double>(total_ - done) / rate;
  std::fprintf(stderr, "%s%zu of %zu runs, %zu failed, %.0f runs/s, %.0f s left%s", terminal_ ? "\r\033[K" : "", done,
               total_, failed, rate, left, terminal_ ? "" : "\n");
  std::fflush(stderr);
  shown_ = true;
}

void Progress::hide() {
  if (terminal_ && shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

}  // namespace tools
