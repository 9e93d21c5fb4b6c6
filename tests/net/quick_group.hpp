// Three members that lose no time.
#pragma once

#include <string>

#include "core/group/settings.hpp"

namespace tests {

inline core::Config quick_group(core::Storage storage) {
  core::Config config;
  for (std::uint64_t i = 1; i <= 3; ++i) config.members.push_back({.name = "n" + std::to_string(i), .id = {0, i}});
  config.storage = storage;
  config.timing.heartbeat_interval = core::Duration::ms(20);
  config.timing.phi_min_stddev = core::Duration::ms(20);
  config.timing.phi_acceptable_pause = core::Duration::ms(200);
  config.timing.answer_timeout = core::Duration::ms(50);
  core::seal(config);
  return config;
}

}  // namespace tests
