#include "core/city/streets.hpp"

#include <algorithm>

namespace core {
namespace {

// The nearest of `count` streets that are `block` apart, the first at 0.
std::int64_t nearest_street(std::int64_t at, std::int64_t block, std::int64_t count) {
  const std::int64_t half = at < 0 ? -block / 2 : block / 2;
  return std::clamp<std::int64_t>((at + half) / block, 0, count - 1);
}

}  // namespace

std::vector<LampName> stops_between(const LightsPlan& plan, Place from, Place to) {
  constexpr std::uint32_t kNorth = 0, kEast = 1, kSouth = 2, kWest = 3;
  std::vector<LampName> stops;
  if (plan.intersections == 0) return stops;
  const std::int64_t columns = plan.row();
  const std::int64_t rows = (plan.intersections + columns - 1) / columns;
  const auto column_of = [&](Place p) {
    return nearest_street(p.longitude - plan.corner.longitude, plan.block, columns);
  };
  const auto row_of = [&](Place p) { return nearest_street(p.latitude - plan.corner.latitude, plan.block, rows); };
  const auto stop = [&](std::int64_t row, std::int64_t column, std::uint32_t side) {
    const auto intersection = static_cast<std::uint32_t>(row * columns + column);
    if (intersection < plan.intersections) stops.push_back({intersection, side % plan.approaches});
  };
  std::int64_t row = row_of(from);
  std::int64_t column = column_of(from);
  const std::int64_t east = column_of(to) > column ? 1 : -1;
  const std::int64_t north = row_of(to) > row ? 1 : -1;
  while (column != column_of(to)) stop(row, column += east, east > 0 ? kWest : kEast);
  while (row != row_of(to)) stop(row += north, column, north > 0 ? kSouth : kNorth);
  return stops;
}

}  // namespace core
