#include "tools/hunt/fuzz_report.hpp"

#include <filesystem>

#include "sim/check/names.hpp"

namespace tools {
namespace {

using Json = nlohmann::ordered_json;

std::string path_of(const Campaign& campaign, const Find& find) {
  return (std::filesystem::path(campaign.folder) / find.file).string();
}

std::string listed(const Counts& counts) {
  std::string out;
  for (const auto& [name, count] : counts) out += (out.empty() ? "" : ", ") + name + " " + std::to_string(count);
  return out.empty() ? "none" : out;
}

std::string head(const Campaign& campaign) {
  const Plan& plan = campaign.plan;
  const std::string what = plan.file.empty() ? "fuzz" : "fuzz " + plan.file;
  const std::string until = plan.runs ? " to " + std::to_string(plan.seed_of(*plan.runs - 1)) : " on";
  return what + " · seeds " + std::to_string(plan.seed) + until;
}

std::string figures(const Tally& tally) {
  const std::uint64_t unsettled = tally.runs - tally.settled - tally.halted;
  return sim::counted(tally.runs, "run") + ": " + sim::in_seconds(tally.simulated) + " of virtual time, " +
         sim::counted(tally.events, "event") + ", " + sim::counted(tally.features.count(), "distinct feature") + "; " +
         std::to_string(tally.twice) + " done twice\n" + "liveness judged at the end of " +
         sim::counted(tally.settled, "run") + "; " + std::to_string(tally.halted) + " halted by design, " +
         std::to_string(unsettled) + " not settled\n" + "faults: " + listed(tally.faults) + "\n" +
         "records: " + listed(tally.records) + "\n";
}

std::string failure_text(const Campaign& campaign, const std::string& signature, const Failures& failures,
                         const Style& style) {
  std::string out = style.mark(false) + " " + style.bold(signature) + ": " + sim::counted(failures.count, "run") + "\n";
  for (const auto& [seed, run] : failures.first) {
    out += "    seed " + std::to_string(seed) + " at " + sim::in_seconds(run.at) + ": " + run.detail + "\n";
    if (run.find) out += "      file: " + path_of(campaign, *run.find) + " (" + run.find->size + ")\n";
    out += "      repeat: " + repeat_fuzz(campaign.program, campaign.plan, seed) + "\n";
  }
  return out;
}

Json failure_json(const Campaign& campaign, const std::string& signature, const Failures& failures) {
  Json first = Json::array();
  for (const auto& [seed, run] : failures.first) {
    Json item{{"seed", seed}, {"at", run.at.ns}, {"detail", run.detail}};
    if (run.find) item["file"] = path_of(campaign, *run.find), item["size"] = run.find->size;
    item["repeat"] = repeat_fuzz(campaign.program, campaign.plan, seed);
    first.push_back(std::move(item));
  }
  return {{"signature", signature}, {"runs", failures.count}, {"first", std::move(first)}};
}

}  // namespace

std::string repeat_fuzz(const std::string& program, const Plan& plan, std::uint64_t seed) {
  return shell_word(program) + " fuzz " + (plan.file.empty() ? "" : shell_word(plan.file) + " ") + "--seed " +
         std::to_string(seed) + " --runs 1";
}

std::string fuzz_text(const Campaign& campaign, const Style& style) {
  const Tally& tally = campaign.tally;
  std::string out = style.bold(head(campaign)) + "\n" + figures(tally);
  for (const auto& [signature, failures] : tally.failures) out += failure_text(campaign, signature, failures, style);
  if (!campaign.complete) out += "interrupted; what was done until then is above\n";
  return out + style.mark(tally.failures.empty()) + " " +
         (tally.failures.empty() ? "nothing failed" : sim::counted(tally.failed(), "run") + " failed") + "\n";
}

Json fuzz_json(const Campaign& campaign) {
  const Tally& tally = campaign.tally;
  Json failures = Json::array();
  for (const auto& [signature, same] : tally.failures) failures.push_back(failure_json(campaign, signature, same));
  Json json{{"file", campaign.plan.file},
            {"seed", campaign.plan.seed},
            {"runs", tally.runs},
            {"virtual_s", static_cast<double>(tally.simulated.ns) / 1e9},
            {"events", tally.events},
            {"features", tally.features.count()},
            {"done_twice", tally.twice},
            {"settled", tally.settled},
            {"halted", tally.halted},
            {"faults", tally.faults},
            {"records", tally.records},
            {"failed", tally.failed()},
            {"failures", std::move(failures)}};
  if (!campaign.complete) json["interrupted"] = true;
  return json;
}

}  // namespace tools
