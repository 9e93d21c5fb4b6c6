// What an exhaustive search has found out, for people and for programs.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "sim/explore/search.hpp"
#include "tools/laboratory.hpp"
#include "tools/report/style.hpp"

namespace tools {

struct CheckReport {
  enum class Ended : std::uint8_t { exhausted, found, states, depth, time, interrupted };

  const sim::Scenario* group = nullptr;
  sim::Bounds bounds;
  sim::SearchLimits limits;
  Ended ended{};
  unsigned explored = 0;  // all was explored that comes of so much trouble together
  // Of the last search, which went on to more:
  std::uint64_t states = 0, steps = 0, frontier = 0, beyond = 0;
  std::uint32_t deepest = 0;
  // Of what was found: how it fails as a file, and where that is.
  std::optional<ShrinkResult> result{};
  std::string out{};

  // A search for what comes of at most so much trouble ended in this way.
  void note(const sim::Search& search, Ended how, unsigned troubles);
};

// Why the search ended, of one that found nothing: there was nothing left, or a bound was reached.
CheckReport::Ended end_of(const sim::Search& search, const sim::SearchLimits& limits);

std::string check_text(const CheckReport& report, const std::string& program, const Style& style);
nlohmann::ordered_json check_json(const CheckReport& report);

std::string with_commas(std::uint64_t number);  // "12,345,678"

}  // namespace tools
