// What a campaign is asked to do, all its shards together: shards of one plan can be put together.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "sim/scenario/scenario.hpp"
#include "tools/command_line_hunt.hpp"

namespace tools {

struct Plan {
  std::string file;                   // "": scenarios are drawn from scratch
  std::string content;                // a hash of what is in the file
  std::uint64_t seed = 1;             // of the first run
  std::optional<std::uint64_t> runs;  // nothing: as many as there is time for
  std::uint64_t keep = 1;
  bool shrink = true;
  friend bool operator==(const Plan&, const Plan&) = default;

  [[nodiscard]] std::uint64_t seed_of(std::uint64_t place) const { return seed + place; }
  [[nodiscard]] nlohmann::ordered_json json() const;
  static Plan from_json(const nlohmann::ordered_json& json);  // throws nlohmann::json::exception
};

// `base`: the scenario in the file, or nullptr.
Plan plan_of(const FuzzOptions& options, const sim::Scenario* base);

}  // namespace tools
