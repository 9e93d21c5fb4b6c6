#include "tools/report/detector.hpp"

#include <algorithm>

#include "sim/check/names.hpp"

namespace tools {
namespace {

// `hundredths` of something: "2.06".
std::string two_places(std::uint64_t hundredths) {
  const std::string fraction = std::to_string(100 + hundredths % 100);
  return std::to_string(hundredths / 100) + "." + fraction.substr(1);
}

// Of two in the middle the lower. REQUIRES: not empty.
core::Duration median(std::vector<core::Duration> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::string detector_in_words(const sim::DetectorReport& report) {
  std::string out = "noticed no death";
  if (report.p50)
    out = "noticed " + sim::counted(report.detections, "death") + " after " + sim::in_seconds(*report.p50) +
          " (median), " + sim::in_seconds(*report.p99) + " (p99), " + sim::in_seconds(*report.max) + " (longest)";
  return out + "; " + sim::counted(report.false_suspicions, "false suspicion") + ", " + std::to_string(report.flaps) +
         " taken back";
}

void DetectorTable::add(const sim::DetectorReport& report) {
  ++runs_;
  false_suspicions_ += report.false_suspicions;
  flaps_ += report.flaps;
  if (!report.p50) return;
  p50_.push_back(*report.p50);
  p99_.push_back(*report.p99);
  max_.push_back(*report.max);
}

std::string DetectorTable::in_words() const {
  if (p50_.empty() && false_suspicions_ == 0) return "";
  std::string out = "deaths noticed after ";
  for (const std::string& delay : delays()) out += delay + ", ";
  return (p50_.empty() ? "no death noticed, " : out) + a_run(false_suspicions_) + " false suspicions, " +
         a_run(flaps_) + " flaps a run";
}

std::string DetectorTable::cells() const {
  std::string out;
  for (const std::string& delay : delays()) out += delay + " | ";
  return out + a_run(false_suspicions_) + " | " + a_run(flaps_);
}

// Rounded to a hundredth of a second.
std::vector<std::string> DetectorTable::delays() const {
  std::vector<std::string> out;
  if (p50_.empty()) return out;
  for (const auto* delays : {&p50_, &p99_, &max_})
    out.push_back(two_places(static_cast<std::uint64_t>(median(*delays).ns + 5'000'000) / 10'000'000) + " s");
  return out;
}

// On average, rounded to a hundredth.
std::string DetectorTable::a_run(std::uint64_t count) const {
  return two_places((count * 200 + runs_) / (runs_ * 2));
}

}  // namespace tools
