// Many runs for people: one line for each file, the first failures in full, and how to repeat them.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "tools/report/detector.hpp"
#include "tools/report/style.hpp"

namespace tools {

class Summary {
 public:
  // REQUIRES: `jobs` outlives it.
  Summary(const Jobs& jobs, std::ostream& out, Style style, std::string program);

  void add(const Result& result);  // a file's line is printed with its last run
  void end(bool complete);         // the line below them

 private:
  struct File {
    std::size_t passed = 0, failed = 0;
    DetectorTable detector;
    core::Duration leaderless;  // the worst
    std::uint64_t leaderless_seed = 0;
    std::vector<std::string> failures;  // the first few, in words
    std::vector<std::uint64_t> more;    // seeds of the next few
  };

  void print_file(const std::string& name);

  const Jobs& jobs_;
  std::ostream& out_;
  Style style_;
  std::string program_;
  std::string current_;  // the file being run
  File file_;
  std::size_t width_ = 0;  // of the longest file name
  std::size_t passed_ = 0, failed_ = 0;
};

}  // namespace tools
