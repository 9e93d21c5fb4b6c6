#include "tools/explain/explain_report.hpp"

namespace tools {
namespace {

using Json = nlohmann::ordered_json;

Json thread_json(const Thread& thread) {
  Json steps = Json::array();
  for (const Step& step : thread.steps)
    steps.push_back({{"at", step.at.ns},
                     {"text", step.text},
                     {"witness", step.witness},
                     {"place", step.place == kNowhere ? Json() : Json(step.place)}});
  return {{"title", thread.title}, {"steps", std::move(steps)}};
}

Json explanation_json(const Explanation& explanation) {
  Json threads = Json::array();
  for (const Thread& thread : explanation.threads) threads.push_back(thread_json(thread));
  return {{"invariant", explanation.invariant}, {"at", explanation.at.ns},          {"rule", explanation.rule},
          {"breach", explanation.breach},       {"declared", explanation.declared}, {"threads", std::move(threads)}};
}

}  // namespace

std::string tell_explanations(const std::vector<Explanation>& explanations, const Job& job, const std::string& program,
                              const Style& style, std::size_t width) {
  std::string out;
  for (const Explanation& explanation : explanations) {
    std::vector<std::string> lines = lines_of(explanation, width - 2);
    lines.front() = (explanation.declared ? "·" : style.red("✗")) + std::string(" ") + style.bold(lines.front());
    for (const std::string& line : lines) out += line + "\n";
    out += "\n";
  }
  if (explanations.empty()) out = style.mark(true) + " nothing is violated, and every expectation holds\n";
  return out + "repeat: " + repeat_command(program, job) + "\n";
}

Json explanations_json(const std::vector<Explanation>& explanations, const Job& job, const std::string& program) {
  Json list = Json::array();
  for (const Explanation& explanation : explanations) list.push_back(explanation_json(explanation));
  return {{"scenario", job.scenario->name},
          {"file", job.scenario->file},
          {"seed", job.seed},
          {"explanations", std::move(list)},
          {"repeat", repeat_command(program, job)}};
}

}  // namespace tools
