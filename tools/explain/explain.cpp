#include "tools/explain/explain.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/check.hpp"
#include "sim/check/names.hpp"
#include "tools/explain/account.hpp"
#include "tools/explain/rules.hpp"
#include "tools/explain/sentences.hpp"

namespace tools {
namespace {

constexpr std::size_t kFirstSteps = 4, kLastSteps = 5;  // of a long thread

bool declares(const sim::Expect& expect, const std::string& invariant) {
  const auto in = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), invariant) != names.end();
  };
  return in(expect.violations) || in(expect.tolerated);
}

std::vector<Step> all_steps(const Branch& branch, const Chronicle& chronicle, const Sentences& sentences) {
  std::vector<Step> steps;
  for (auto place = branch.places.begin(); place != branch.places.end();) {
    std::vector<Place> crowd{*place++};
    while (place != branch.places.end() && sentences.same(crowd.front(), *place)) crowd.push_back(*place++);
    const std::string text = crowd.size() > 1 ? sentences.of_crowd(crowd) : sentences.of(crowd.front());
    steps.push_back({chronicle.at(crowd.front()).at, text, crowd.front() == branch.witness, crowd.front()});
  }
  return steps;
}

// The middle of a long thread is only counted.
void shorten(std::vector<Step>& steps) {
  if (steps.size() <= kFirstSteps + kLastSteps + 1) return;
  const std::size_t middle = steps.size() - kFirstSteps - kLastSteps;
  const auto from = steps.begin() + static_cast<std::ptrdiff_t>(kFirstSteps);
  from->text = "… " + sim::counted(middle, "step") + " not told";
  from->witness = false;
  from->place = kNowhere;
  steps.erase(from + 1, from + static_cast<std::ptrdiff_t>(middle));
}

Thread thread(const Branch& branch, const Chronicle& chronicle, const Sentences& sentences) {
  Thread thread{branch.title, all_steps(branch, chronicle, sentences)};
  shorten(thread.steps);
  return thread;
}

Explanation explained(const Chronicle& chronicle, Place violation, const sim::Scenario& scenario) {
  const core::Record& record = chronicle.at(violation);
  Explanation out{record.more->text, record.at, rule_of(record.more->text), record.more->detail, {}, false};
  const Sentences sentences{chronicle, scenario};
  for (const Branch& branch : account_of(chronicle, violation, scenario))
    out.threads.push_back(thread(branch, chronicle, sentences));
  out.declared = declares(scenario.expect, out.invariant);
  return out;
}

Explanation without_threads(const std::string& name, core::Instant at, const std::string& breach) {
  return {name, at, rule_of(name), breach, {}, false};
}

// `text` broken at blanks; lines after the first begin with `indent`.
void wrap(std::vector<std::string>& lines, std::string text, const std::string& indent, std::size_t width) {
  while (text.size() > width) {
    const std::size_t blank = text.rfind(' ', width);
    if (blank == std::string::npos || blank <= indent.size()) break;
    lines.push_back(text.substr(0, blank));
    text = indent + text.substr(blank + 1);
  }
  lines.push_back(text);
}

}  // namespace

std::vector<Explanation> explain(const Chronicle& chronicle, const sim::Scenario& scenario) {
  std::vector<Explanation> out;
  std::set<std::string> seen;
  for (Place place = 0; place < chronicle.size(); ++place) {
    const core::Record& record = chronicle.at(place);
    if (record.kind == core::Kind::violation && seen.insert(record.more->text).second)
      out.push_back(explained(chronicle, place, scenario));
  }
  return out;
}

std::vector<Explanation> explain(const Chronicle& chronicle, const sim::Scenario& scenario,
                                 const sim::Outcome& outcome) {
  std::vector<Explanation> out = explain(chronicle, scenario);
  const bool told = std::any_of(out.begin(), out.end(), [](const Explanation& e) { return !e.declared; });
  if (outcome.judgement.passed || told) return out;
  for (const sim::Expectation& expectation : outcome.judgement.expectations) {
    if (expectation.held) continue;
    out.push_back(without_threads("expect " + expectation.name, outcome.end, expectation.detail));
    break;
  }
  return out;
}

std::vector<Explanation> explain(const sim::Scenario& scenario, std::uint64_t seed) {
  Chronicle chronicle;
  const std::array<core::RecordSink*, 1> sinks{&chronicle};
  try {
    const sim::Outcome outcome = sim::replay(scenario, seed, sinks);
    return explain(chronicle, scenario, outcome);
  } catch (const core::CheckFailed& failed) {
    const core::Instant at = chronicle.size() == 0 ? core::Instant{} : chronicle.at(chronicle.size() - 1).at;
    std::vector<Explanation> out = explain(chronicle, scenario);
    out.push_back(without_threads("check", at, failed.what()));
    return out;
  }
}

std::vector<std::string> lines_of(const Explanation& explanation, std::size_t width) {
  std::vector<std::string> lines;
  const std::string declared = explanation.declared ? " (declared by the scenario)" : "";
  wrap(lines, explanation.invariant + " at " + sim::in_seconds(explanation.at) + declared, "  ", width);
  wrap(lines, "  The rule: " + explanation.rule, "  ", width);
  wrap(lines, "  Broken: " + explanation.breach + ".", "  ", width);
  std::size_t column = 0;  // as wide as the widest time
  for (const Thread& thread : explanation.threads)
    for (const Step& step : thread.steps) column = std::max(column, sim::in_seconds(step.at).size());
  for (const Thread& thread : explanation.threads) {
    wrap(lines, "  " + thread.title + ":", "  ", width);
    for (const Step& step : thread.steps) {
      const std::string time = sim::in_seconds(step.at);
      const std::string margin(column - time.size() + 4, ' ');
      wrap(lines, margin + time + "  " + step.text + (step.witness ? "  <-- witness" : ""),
           std::string(column + 8, ' '), width);
    }
  }
  return lines;
}

}  // namespace tools
