// `bench`: runs the benchmark suites that are linked into the program.
#include <array>
#include <iostream>
#include <sstream>

#include "tools/commands.hpp"
#include "tools/report/bench_report.hpp"

namespace tools {

ExitCode run_command(const BenchOptions& options) {
  std::string program = "bellwether", min_time = "--benchmark_min_time=" + std::to_string(options.min_time_s);
  std::array<char*, 3> arguments{program.data(), min_time.data(), nullptr};
  int count = 2;
  benchmark::Initialize(&count, arguments.data());

  BenchReport report(std::cout, Style::of_stdout(), options.json);
  std::ostringstream complaint;
  report.SetErrorStream(&complaint);
  if (benchmark::RunSpecifiedBenchmarks(&report, options.filter) == 0)
    throw BadInput("bellwether: bench: " + complaint.str() + "see `bellwether bench --help`");
  return report.complete() ? ExitCode::held : ExitCode::failed;
}

}  // namespace tools
