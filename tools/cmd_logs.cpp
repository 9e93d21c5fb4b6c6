// `logs`: a trace in words.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <iostream>

#include "tools/commands.hpp"
#include "tools/report/log.hpp"
#include "tools/trace/record_reader.hpp"

namespace tools {
namespace {

std::size_t width_of_terminal() {
  constexpr std::size_t kUsual = 80;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return std::clamp<std::size_t>(size.ws_col, Log::kLeastWidth, Log::kMostWidth);
}

}  // namespace

ExitCode run_command(const LogsOptions& options) {
  RecordReader reader(options.trace);
  const Selection selection(options.wanted, reader.scenario());
  Log log(reader.scenario(), selection.members(),
          {.columns = options.columns,
           .width = options.width == 0 ? width_of_terminal() : options.width,
           .heartbeats = options.heartbeats,
           .kinds = options.kinds,
           .style = Style::of_stdout()});
  std::signal(SIGPIPE, SIG_DFL);  // `| head` has seen enough, and nothing is lost
  std::cout << log.head();
  bool past = false;
  while (!past && reader.next()) {
    past = selection.past(reader.record());
    if (selection.has(reader.record())) std::cout << log.lines(reader.record());
  }
  if (!past && !reader.end()) std::cout << "the trace breaks off here\n";
  std::cout << log.notes();
  return ExitCode::held;
}

}  // namespace tools
