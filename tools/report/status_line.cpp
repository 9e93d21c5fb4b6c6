#include "tools/report/status_line.hpp"

#include <unistd.h>

#include <cstdio>

namespace tools {
namespace {

constexpr std::chrono::milliseconds kOnTerminal{200};
constexpr const char* kClearLine = "\r\033[K";

}  // namespace

StatusLine::StatusLine(std::chrono::seconds elsewhere)
    : terminal_(isatty(STDERR_FILENO) != 0),
      interval_(terminal_ ? Clock::duration(kOnTerminal) : Clock::duration(elsewhere)),
      next_(start_ + interval_) {}

void StatusLine::show(const std::string& text) {
  next_ = Clock::now() + interval_;
  std::fprintf(stderr, "%s%s%s", terminal_ ? kClearLine : "", text.c_str(), terminal_ ? "" : "\n");
  std::fflush(stderr);
  shown_ = true;
}

void StatusLine::hide() {
  if (terminal_ && shown_) std::fputs(kClearLine, stderr);
  shown_ = false;
}

}  // namespace tools
