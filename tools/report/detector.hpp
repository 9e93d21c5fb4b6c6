// How the failure detectors did, in words: in one run, and over many of one scenario.
#pragma once

#include <string>
#include <vector>

#include "sim/check/verdict.hpp"

namespace tools {

// "noticed 8 deaths after 2.061 s (median), 2.400 s (p99), 2.400 s (longest); 1 false suspicion, 0 taken back".
// Each node that notices a death counts.
std::string detector_in_words(const sim::DetectorReport& report);

// Many runs in one row: the medians of p50, p99 and the longest, and how many mistakes there were in a run.
class DetectorTable {
 public:
  void add(const sim::DetectorReport& report);

  // "deaths noticed after 2.06 s, 2.40 s, 2.40 s, 0.12 false suspicions, 0.12 flaps a run"; empty if there was
  // nothing to tell.
  [[nodiscard]] std::string in_words() const;
  // The cells of a Markdown table: "2.06 s | 2.40 s | 2.40 s | 0.12 | 0.12". REQUIRES: something was noticed.
  [[nodiscard]] std::string cells() const;

 private:
  [[nodiscard]] std::vector<std::string> delays() const;
  [[nodiscard]] std::string a_run(std::uint64_t count) const;

  std::vector<core::Duration> p50_, p99_, max_;
  std::uint64_t runs_ = 0, false_suspicions_ = 0, flaps_ = 0;
};

}  // namespace tools
