#include "tools/report/findings.hpp"

#include <algorithm>
#include <map>

#include "sim/check/names.hpp"

namespace tools {
namespace {

constexpr std::size_t kShown = 8;
constexpr std::size_t kShownOfEach = 2;  // of one invariant: the first tell the story

bool declared(const sim::Expect& expect, const std::string& invariant) {
  const auto in = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), invariant) != names.end();
  };
  return in(expect.violations) || in(expect.tolerated);
}

std::string violation_line(const sim::Violation& violation, bool is_declared, const Style& style) {
  const std::string mark = is_declared ? "·" : style.red("✗");
  return mark + " " + violation.invariant + " at " + sim::in_seconds(violation.at) + ": " + violation.detail +
         (is_declared ? " (declared by the scenario)" : "");
}

}  // namespace

std::string findings(const Result& result, const Style& style, const std::string& indent) {
  const sim::Judgement& judgement = result.outcome.judgement;
  std::string out;
  std::map<std::string, std::size_t> of_each;
  std::size_t shown = 0;
  for (const sim::Violation& violation : judgement.violations) {
    if (shown == kShown || ++of_each[violation.invariant] > kShownOfEach) continue;
    ++shown;
    out += indent + violation_line(violation, declared(result.job.scenario->expect, violation.invariant), style) + "\n";
  }
  if (judgement.violation_count > shown)
    out += indent + "… " + std::to_string(judgement.violation_count - shown) + " more violations\n";
  for (const sim::Expectation& expectation : judgement.expectations)
    if (!expectation.held) out += indent + style.red("✗") + " " + expectation.name + ": " + expectation.detail + "\n";
  return out;
}

}  // namespace tools
