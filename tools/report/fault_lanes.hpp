// The faults of a run as bars over its time, side by side where they overlap.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/trace/record.hpp"
#include "sim/scenario/scenario.hpp"
#include "tools/report/strip.hpp"

namespace tools {

// Cuts the time of a run into equal slices, one for each column.
struct TimeScale {
  core::Instant end;  // later than 0
  std::size_t columns = 0;

  [[nodiscard]] core::Duration slice() const;  // rounded up
  // The slice that an instant lies in; the last one at the end and later.
  [[nodiscard]] std::size_t column(core::Instant at) const;
  // The last slice of a span that ends at `to`, which is not included. REQUIRES: from <= to.
  [[nodiscard]] std::size_t last_column(core::Instant from, core::Instant to) const;
};

// A text in a row.
struct Piece {
  std::size_t column = 0;
  std::string text;
};

class FaultLanes {
 public:
  // REQUIRES: the scenario outlives it.
  explicit FaultLanes(const sim::Scenario& scenario) : scenario_(scenario) {}

  void on(const core::Record& record);  // REQUIRES: a fault or heal

  struct Drawing {
    std::vector<Strip> lanes;
    std::size_t left_out = 0;  // faults for which there was no room
  };
  [[nodiscard]] Drawing draw(const TimeScale& scale, const Style& style) const;

 private:
  struct Bar {
    core::Instant from;
    std::optional<core::Instant> to;  // none: nothing heals it
    std::uint64_t number = 0;         // of the fault
    std::vector<core::Member> nodes;
    std::string label, name;  // the same in many and in few words
    bool moment = false;      // unless something heals it
  };

  [[nodiscard]] std::vector<Piece> pieces(const Bar& bar, const TimeScale& scale, const Style& style) const;

  const sim::Scenario& scenario_;
  std::vector<Bar> bars_;
};

}  // namespace tools
