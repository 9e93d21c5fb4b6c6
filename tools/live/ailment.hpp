// What faults have done to the links, clocks and disks of a live group: entries of the journal on the board.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "sim/network/network.hpp"
#include "sim/world/disk.hpp"

namespace tools {

struct ClockBent {
  core::Instant at;  // of the run
  core::Member member = core::kNobody;
  std::uint32_t ppm = 0;  // above -sim::Clock::kMostPpm
};
struct DiskSet {
  core::Member member = core::kNobody;
  bool full = false;
  std::optional<std::uint32_t> slow;  // the fault that makes it so
};
using Ailment = std::variant<sim::LinkChange, ClockBent, DiskSet>;

std::string to_bytes(const Ailment& ailment);
// REQUIRES: the bytes are of to_bytes().
Ailment ailment_of(std::string_view bytes);

}  // namespace tools
