// What is told of the applications: the steps of crashes and the colours of lamps.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/time.hpp"
#include "core/city/plan.hpp"

namespace core {

// From a crash to its end. `released`: ambulance and bed are given back for others, and the crash waits again.
enum class Step : std::uint8_t {
  reported,
  queued,
  ambulance_allocated,
  hospital_allocated,
  dispatched,
  arrived,
  transporting,
  at_hospital,
  completed,
  released,
};
constexpr std::size_t kSteps = 10;

constexpr std::string_view name_of(Step step) {
  constexpr std::array<std::string_view, kSteps> names{
      "reported", "queued",       "ambulance_allocated", "hospital_allocated", "dispatched",
      "arrived",  "transporting", "at_hospital",         "completed",          "released"};
  return names[static_cast<std::size_t>(step)];
}

// A node has applied a delivered event that took a crash one step further.
struct DispatchFact {
  std::string crash;
  Step step{};
  std::string ambulance{}, hospital{};  // empty: not allotted; `released` names whom it gives back
  std::int64_t beds_free = 0;           // of that hospital, or of all while none is allotted
};

enum class Colour : std::uint8_t { red, yellow, green };

constexpr std::string_view name_of(Colour colour) {
  constexpr std::array<std::string_view, 3> names{"RED", "YELLOW", "GREEN"};
  return names[static_cast<std::size_t>(colour)];
}

// A lamp has changed.
struct LightFact {
  LampName lamp;
  Colour colour{};
  Instant until;  // when it changes by itself unless it is told otherwise, in true time; red: when it became so
};

}  // namespace core
