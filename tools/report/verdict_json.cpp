#include "tools/report/verdict_json.hpp"

namespace tools {
namespace {

using Json = nlohmann::ordered_json;
using core::Kind;

double seconds(core::Duration span) {
  return static_cast<double>(span.ns) / 1e9;
}
double seconds(core::Instant at) {
  return static_cast<double>(at.ns) / 1e9;
}

Json milliseconds(const std::optional<core::Duration>& span) {
  return span ? Json(static_cast<double>(span->ns) / 1e6) : Json(nullptr);
}

Json violations(const sim::Judgement& judgement) {
  Json list = Json::array();
  for (const sim::Violation& violation : judgement.violations)
    list.push_back({{"invariant", violation.invariant}, {"at", violation.at.ns}, {"detail", violation.detail}});
  return list;
}

Json expectations(const sim::Judgement& judgement) {
  Json list = Json::array();
  for (const sim::Expectation& expectation : judgement.expectations)
    list.push_back({{"name", expectation.name}, {"held", expectation.held}, {"detail", expectation.detail}});
  return list;
}

Json detector(const sim::DetectorReport& report) {
  return {{"detections", report.detections},
          {"delay_ms",
           {{"p50", milliseconds(report.p50)}, {"p99", milliseconds(report.p99)}, {"max", milliseconds(report.max)}}},
          {"false_suspicions", report.false_suspicions},
          {"flaps", report.flaps}};
}

}  // namespace

Json verdict_json(const Result& result) {
  const sim::Scenario& scenario = *result.job.scenario;
  const sim::Outcome& outcome = result.outcome;
  const sim::Judgement& judgement = outcome.judgement;
  Json leader;
  if (judgement.leader != core::kNobody) leader = scenario.group.members.at(judgement.leader).name;
  return {{"scenario", scenario.name},
          {"file", scenario.file},
          {"seed", result.job.seed},
          {"mode", name_of(result.job.mode)},
          {"verdict", judgement.passed ? "pass" : "fail"},
          {"digest", outcome.digest.hex()},
          {"virtual_s", seconds(outcome.end)},
          {"wall_s", result.wall_s},
          {"events", outcome.events},
          {"messages", outcome.count(Kind::send)},
          {"delivered", outcome.count(Kind::deliver)},
          {"leader", leader},
          {"epoch", judgement.epoch},
          {"longest_leaderless_s", seconds(judgement.longest_leaderless)},
          {"violations", violations(judgement)},
          {"expectations", expectations(judgement)},
          {"detector", detector(judgement.detector)},
          {"notes", judgement.notes}};
}

void VerdictDocument::add(const Result& result) {
  out_ << (passed_ + failed_ == 0 ? "{\"results\": [\n" : ",\n");
  out_ << verdict_json(result).dump(-1, ' ', false, Json::error_handler_t::replace);
  ++(result.outcome.judgement.passed ? passed_ : failed_);
}

void VerdictDocument::end(bool complete) {
  if (passed_ + failed_ == 0) out_ << "{\"results\": [";
  out_ << "\n], \"passed\": " << passed_ << ", \"failed\": " << failed_;
  out_ << (complete ? "}\n" : ", \"interrupted\": true}\n");
}

}  // namespace tools
