// What the benchmarks found, as a table whose rows come as they are measured, or as one JSON document.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <iosfwd>
#include <nlohmann/json.hpp>

#include "tools/report/style.hpp"

namespace tools {

constexpr int kBenchVersion = 1;

// The counters by which the suites tell their findings; a benchmark's label says what an item is.
constexpr const char* kNsEach = "ns_each";        // CPU nanoseconds an item
constexpr const char* kOfFloor = "of_floor";      // items a second, as a share of the lower bound's in the same run
constexpr const char* kBytesEach = "bytes_each";  // memory an item

class BenchReport : public benchmark::BenchmarkReporter {
 public:
  // REQUIRES: `out` outlives it.
  BenchReport(std::ostream& out, Style style, bool json);

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

  [[nodiscard]] bool complete() const { return complete_; }  // no benchmark gave up

 private:
  void add_row(const Run& run);

  std::ostream& out_;
  Style style_;
  bool json_, terminal_;
  bool complete_ = true;
  nlohmann::ordered_json rows_ = nlohmann::ordered_json::array();
};

}  // namespace tools
