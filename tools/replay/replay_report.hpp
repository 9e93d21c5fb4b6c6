// What `replay` has found, for people and for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tools/campaign.hpp"
#include "tools/replay/likeness.hpp"
#include "tools/replay/past.hpp"
#include "tools/replay/rebuild.hpp"
#include "tools/report/style.hpp"

namespace tools {

// The group, run again in the simulator.
struct GroupReplay {
  Rebuilt rebuilt;
  std::string out;               // where the scenario was written; "": it was not
  std::optional<Result> result;  // none: the scenario is impossible
  Likes live, again;

  GroupReplay() = default;
  GroupReplay(const GroupReplay&) = delete;  // `result` names the scenario in `rebuilt`, so it stays where it is
  GroupReplay& operator=(const GroupReplay&) = delete;
};

std::string tell_life(const Past& past, const Style& style);
std::string tell_group(const GroupReplay& group, const Style& style, const std::string& program);

nlohmann::ordered_json life_json(const Past& past);
nlohmann::ordered_json group_json(const GroupReplay& group);

}  // namespace tools
