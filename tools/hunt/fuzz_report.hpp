// What a campaign found, for people and for programs. Nothing in it depends on how the runs were done.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tools/hunt/plan.hpp"
#include "tools/hunt/tally.hpp"
#include "tools/report/style.hpp"

namespace tools {

struct Campaign {
  const Plan& plan;
  const Tally& tally;
  std::string folder;   // that the names of found files are relative to
  std::string program;  // as it was called
  bool complete = true;
};

std::string fuzz_text(const Campaign& campaign, const Style& style);
nlohmann::ordered_json fuzz_json(const Campaign& campaign);

// The command that does one run of the campaign again.
std::string repeat_fuzz(const std::string& program, const Plan& plan, std::uint64_t seed);

}  // namespace tools
