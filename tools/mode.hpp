// How a scenario is run: in virtual time, or with real processes in real time.
#pragma once

#include <cstdint>
#include <string_view>

namespace tools {

enum class Mode : std::uint8_t { sim, live };

// As traces and verdicts name it.
constexpr std::string_view name_of(Mode mode) {
  return mode == Mode::sim ? "sim" : "live";
}

}  // namespace tools
