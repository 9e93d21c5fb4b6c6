#include "sim/hunt/failure.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace sim {

std::optional<Failure> failure_of(const Scenario& scenario, const Outcome& outcome) {
  const auto listed = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const Violation& violation : outcome.judgement.violations)
    if (!listed(scenario.expect.violations, violation.invariant) &&
        !listed(scenario.expect.tolerated, violation.invariant))
      return Failure{violation.invariant, violation.at, violation.detail};
  for (const Expectation& expectation : outcome.judgement.expectations)
    if (!expectation.held && expectation.name != "faults")
      return Failure{"expect " + expectation.name, outcome.end, expectation.detail};
  return std::nullopt;
}

std::optional<Failure> try_out(const Scenario& scenario, std::uint64_t seed, Outcome* outcome,
                               std::span<core::RecordSink* const> sinks) {
  try {
    Outcome result = replay(scenario, seed, sinks);
    std::optional<Failure> failure = failure_of(scenario, result);
    if (outcome != nullptr) *outcome = std::move(result);
    return failure;
  } catch (const core::CheckFailed& error) {
    return Failure{"check", {}, error.what()};
  }
}

}  // namespace sim
