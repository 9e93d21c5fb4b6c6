// What a member tells Prometheus.
#pragma once

#include <cstdint>
#include <string>

#include "core/trace/record.hpp"
#include "net/discovery/roster.hpp"
#include "tools/member/life.hpp"

namespace tools {

// How often what has happened, since the program was started.
struct FactCounts {
  std::uint64_t suspicions = 0, terms_led = 0, leaders_followed = 0, acknowledged = 0, rejected = 0;
  void on(const core::Record& fact);
};

// In Prometheus' text form. `life` and `roster`: null while it takes part in no group.
std::string metrics_of(const std::string& group, const Life* life, const net::Roster* roster, const FactCounts& counts,
                       core::Duration uptime);

}  // namespace tools
