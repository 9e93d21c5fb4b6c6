// The applications of a group and their settings, on which all members agree before they start.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/city/place.hpp"

namespace core {

// Emergency dispatch: cars report crashes, ambulances and hospital beds are allotted.
struct DispatchPlan {
  bool on = false;
  Duration give_back = Duration::s(10);  // so long after a server was lost, who was at it and nowhere else is gone
};

// In what order the phases of an intersection come: the one that has waited longest, or the one with most cars waiting
// (but none waits longer than twice a round).
enum class PhaseOrder : std::uint8_t { round_robin, demand };

// One lamp: the approach of an intersection.
struct LampName {
  std::uint32_t intersection = 0, approach = 0;
  static void fields(auto& m, auto&& visit) { visit("intersection", m.intersection), visit("approach", m.approach); }
  friend auto operator<=>(const LampName&, const LampName&) = default;
};

// Traffic lights. Intersections stand at the crossings of straight streets, `block` apart, row by row from the south
// west; with four approaches, these are north, east, south and west.
struct LightsPlan {
  std::uint32_t intersections = 0;  // none: there are no lights
  std::uint32_t approaches = 4;
  Duration green = Duration::s(5), yellow = Duration::s(2), all_red = Duration::s(1);
  Duration min_green = Duration::s(2);  // no green is shorter, if it is cut for an ambulance or was granted late
  PhaseOrder order = PhaseOrder::round_robin;
  bool leases = true;           // false: a lamp is green until it is told otherwise, as in systems that know no leases
  Place corner;                 // where the first intersection stands
  std::int64_t block = 10'000;  // in millionths of a degree; > 0
  std::uint32_t keepers = 0;    // lamps hang at the first so many members; 0: at all

  // How long a lamp may need for one green, from the moment when it said that it is ready: the wait for the others to
  // clear, two rounds through the group with a second to spare, green and yellow.
  [[nodiscard]] Duration lease() const { return all_red + green + yellow + Duration::s(3); }

  // Approaches that may be green at once: opposite ones of four, else each is alone.
  [[nodiscard]] std::uint32_t phases() const { return approaches == 4 ? 2 : approaches; }
  [[nodiscard]] std::uint32_t phase_of(std::uint32_t approach) const { return approach % phases(); }
  [[nodiscard]] bool conflict(std::uint32_t a, std::uint32_t b) const { return phase_of(a) != phase_of(b); }

  // The lamps of one intersection hang at different members, as far as there are so many.
  [[nodiscard]] Member keeper_of(LampName lamp, std::size_t members) const {
    return static_cast<Member>((lamp.intersection + lamp.approach) % (keepers == 0 ? members : keepers));
  }
  // How many intersections stand in a row.
  [[nodiscard]] std::uint32_t row() const {
    std::uint32_t side = 1;
    while (side * side < intersections) ++side;
    return side;
  }
};

struct CityPlan {
  DispatchPlan dispatch;
  LightsPlan lights;
  [[nodiscard]] bool empty() const { return !dispatch.on && lights.intersections == 0; }
};

}  // namespace core
