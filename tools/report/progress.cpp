#include "tools/report/progress.hpp"

#include <cstdio>

namespace tools {

void Progress::show(std::size_t done, std::size_t failed) {
  if (!line_.due()) return;
  const double rate = static_cast<double>(done) / line_.seconds();
  const double left = done == 0 ? 0 : static_cast<double>(total_ - done) / rate;
  char text[160];
  std::snprintf(text, sizeof text, "%zu of %zu runs, %zu failed, %.0f runs/s, %.0f s left", done, total_, failed, rate,
                left);
  line_.show(text);
}

}  // namespace tools
