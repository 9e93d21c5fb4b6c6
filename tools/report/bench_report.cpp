#include "tools/report/bench_report.hpp"

#include <unistd.h>

#include <array>
#include <iostream>
#include <optional>

namespace tools {
namespace {

using nlohmann::ordered_json;
using Run = benchmark::BenchmarkReporter::Run;

constexpr std::size_t kNameWidth = 31, kColumnWidth = 9;

std::string name_of(const Run& run) {
  const std::string& arguments = run.run_name.args;
  return run.run_name.function_name + (arguments.empty() ? "" : "/" + arguments);
}

std::optional<double> counter(const Run& run, const char* name) {
  const auto found = run.counters.find(name);
  if (found == run.counters.end()) return std::nullopt;
  return found->second.value;
}

std::string fixed(double value, int digits) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

// Three digits and the unit: 21.3 ns, 4.71 M.
std::string scaled(double value, const std::array<const char*, 4>& units) {
  std::size_t unit = 0;
  for (; value >= 999.5 && unit + 1 < units.size(); ++unit) value /= 1000;
  return fixed(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0) + units[unit];
}

// To the right of its column.
std::string cell(const std::string& text) {
  const std::size_t padding = padded(text, kColumnWidth).size() - text.size();
  return std::string(padding, ' ') + text;
}

std::string row_of(const Run& run) {
  const double ns = counter(run, kNsEach).value_or(0);
  const auto of_floor = counter(run, kOfFloor);
  const auto bytes = counter(run, kBytesEach);
  return padded(name_of(run), kNameWidth) + cell(scaled(ns, {" ns", " µs", " ms", " s"})) +
         cell(scaled(1e9 / ns, {"", " k", " M", " G"})) + cell(of_floor ? fixed(*of_floor, 2) : "") +
         cell(bytes ? scaled(*bytes, {" B", " kB", " MB", " GB"}) : "") + "  " + run.report_label;
}

ordered_json json_of(const Run& run) {
  const auto value = [&](const char* name) {
    const auto found = counter(run, name);
    return found ? ordered_json(*found) : ordered_json(nullptr);
  };
  ordered_json row{{"name", name_of(run)}, {"item", run.report_label}};
  if (run.error_occurred) {
    row["error"] = run.error_message;
    return row;
  }
  for (const char* name : {kNsEach, kOfFloor, kBytesEach}) row[name] = value(name);
  row["items_per_s"] = 1e9 / counter(run, kNsEach).value_or(0);
  return row;
}

}  // namespace

BenchReport::BenchReport(std::ostream& out, Style style, bool json)
    : out_(out), style_(style), json_(json), terminal_(isatty(STDERR_FILENO) != 0) {}

bool BenchReport::ReportContext(const Context&) {
  if (!json_)
    out_ << style_.bold(padded("benchmark", kNameWidth) + cell("CPU time") + cell("items/s") + cell("of floor") +
                        cell("memory") + "  item")
         << std::endl;
  return true;
}

void BenchReport::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs)
    if (run.run_type == Run::RT_Iteration) add_row(run);
}

void BenchReport::add_row(const Run& run) {
  complete_ = complete_ && !run.error_occurred;
  if (terminal_) std::cerr << "\r\033[K";
  if (json_) {
    rows_.push_back(json_of(run));
  } else if (run.error_occurred) {
    out_ << padded(name_of(run), kNameWidth) << style_.red(run.error_message) << std::endl;
  } else {
    out_ << row_of(run) << std::endl;
  }
  if (terminal_) std::cerr << "after " << name_of(run) << " ..." << std::flush;
}

void BenchReport::Finalize() {
  if (terminal_) std::cerr << "\r\033[K";
  if (json_)
    out_ << ordered_json{{"format", "bellwether-bench"}, {"version", kBenchVersion}, {"benchmarks", rows_}}.dump(2)
         << '\n';
  else
    out_ << style_.faint("of floor: the speed as a share of a lower bound's, measured in turns with it") << '\n';
}

}  // namespace tools
