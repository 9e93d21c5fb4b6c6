// The scenarios that are measured, made from the text that a user would write.
#pragma once

#include <string>

#include "sim/scenario/decode.hpp"

namespace bench {

// REQUIRES: the text is a scenario.
inline sim::Scenario scenario(const std::string& text) {
  return std::get<sim::Scenario>(sim::decode("version: 1\nname: measured\n" + text, "measured.yaml"));
}

}  // namespace bench
