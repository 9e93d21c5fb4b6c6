// Small scenarios and records, as the tests of tools need them.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/decode.hpp"
#include "sim/world/replay.hpp"

namespace tools_test {

inline sim::Scenario three_nodes() {
  sim::Scenario scenario;
  scenario.file = "three.yaml";
  scenario.name = "three";
  for (std::uint64_t i = 1; i <= 3; ++i) scenario.group.members.push_back({"n" + std::to_string(i), {0, i}, 0});
  return scenario;
}

inline core::Record record(core::Kind kind, core::Member node, std::int64_t at_ns = 5) {
  core::Record record;
  record.kind = kind;
  record.node = node;
  record.at = {at_ns};
  return record;
}

}  // namespace tools_test
