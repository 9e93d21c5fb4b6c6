#include <iostream>

#include "tools/commands.hpp"
#include "tools/report/diff_report.hpp"

namespace tools {

ExitCode run_command(const DiffOptions& options) {
  TraceReader a(options.a), b(options.b);
  const TraceDiff diff = compare(a, b);
  if (options.json)
    std::cout << diff_json(diff).dump(2) << '\n';
  else
    std::cout << tell_diff(diff, options.a, options.b, Style::of_stdout(), columns_of_stdout());
  return diff.equal() ? ExitCode::held : ExitCode::failed;
}

}  // namespace tools
