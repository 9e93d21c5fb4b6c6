// How far a campaign of known length is.
#pragma once

#include <cstddef>

#include "tools/report/status_line.hpp"

namespace tools {

class Progress {
 public:
  explicit Progress(std::size_t total) : total_(total) {}

  void show(std::size_t done, std::size_t failed);
  void hide() { line_.hide(); }  // before anything else is printed

 private:
  std::size_t total_;
  StatusLine line_{std::chrono::seconds(30)};
};

}  // namespace tools
