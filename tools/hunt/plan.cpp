#include "tools/hunt/plan.hpp"

#include "core/base/digest.hpp"
#include "tools/scenario_json.hpp"

namespace tools {
namespace {

constexpr std::uint64_t kRuns = 1'000;  // when neither runs nor time are given

}  // namespace

nlohmann::ordered_json Plan::json() const {
  return {{"file", file}, {"content", content},
          {"seed", seed}, {"runs", runs ? nlohmann::ordered_json(*runs) : nlohmann::ordered_json(nullptr)},
          {"keep", keep}, {"shrink", shrink}};
}

Plan Plan::from_json(const nlohmann::ordered_json& json) {
  Plan plan;
  json.at("file").get_to(plan.file);
  json.at("content").get_to(plan.content);
  json.at("seed").get_to(plan.seed);
  if (!json.at("runs").is_null()) plan.runs = json.at("runs").get<std::uint64_t>();
  json.at("keep").get_to(plan.keep);
  json.at("shrink").get_to(plan.shrink);
  return plan;
}

Plan plan_of(const FuzzOptions& options, const sim::Scenario* base) {
  Plan plan{.file = options.file,
            .content = {},
            .seed = options.seed,
            .runs = options.runs,
            .keep = options.keep,
            .shrink = !options.as_drawn};
  if (!plan.runs && !options.time) plan.runs = kRuns;
  if (base == nullptr) return plan;
  core::Hasher hasher;
  hasher.text(scenario_json(*base).dump());
  plan.content = hasher.digest().hex();
  return plan;
}

}  // namespace tools
