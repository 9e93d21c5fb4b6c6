// The settings that all members must share, as text, so that two who differ can say in what.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/group/config.hpp"

namespace core {

using Settings = std::vector<std::pair<std::string, std::string>>;  // by the keys of scenario and configuration files

Settings settings_of(const Config& config);
// Fills in Config::digest. To be called once when the rest is complete.
void seal(Config& config);
// "timing.heartbeat_interval is 500ms here and 2s there"; empty if nothing differs.
std::string difference(const Settings& here, const Settings& there);

}  // namespace core
