// The distinct link models of a run, each made ready for drawing once and known by a number.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "sim/network/latency_table.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

class LinkModels {
 public:
  struct Ready {
    LinkModel model;
    const LatencyTable* latency;

    // How long the sender is busy with that many bytes, in whole nanoseconds, rounded up.
    [[nodiscard]] Duration transmission(std::size_t bytes) const {
      constexpr std::uint64_t bit_ns = 8'000'000'000;
      return {static_cast<std::int64_t>((bytes * bit_ns + model.bits_per_second - 1) / model.bits_per_second)};
    }
  };

  // The number of a model equal to this one; the first gets 0.
  std::uint32_t number_of(const LinkModel& model);
  // REQUIRES: number_of() returned it.
  [[nodiscard]] const Ready& operator[](std::uint32_t number) const { return models_[number]; }

 private:
  const LatencyTable& table_of(const Latency& latency);

  struct Table {
    Latency latency;
    LatencyTable table;
  };
  std::vector<Ready> models_;
  std::deque<Table> tables_;  // a deque, since models point into it
};

}  // namespace sim
