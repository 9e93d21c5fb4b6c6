// Where something is, as its own device reports it.
#pragma once

#include <cstdint>

namespace core {

// In millionths of a degree, |latitude| <= 90'000'000 and |longitude| <= 180'000'000.
struct Place {
  std::int64_t latitude = 0, longitude = 0;

  [[nodiscard]] bool sound() const {
    return latitude >= -90'000'000 && latitude <= 90'000'000 && longitude >= -180'000'000 && longitude <= 180'000'000;
  }
  static void fields(auto& m, auto&& visit) { visit("latitude", m.latitude), visit("longitude", m.longitude); }
  friend bool operator==(const Place&, const Place&) = default;
};

// Squared, as on a flat map with square degrees: good enough to tell who is nearest in one city. < 2^58 for sound
// places.
constexpr std::int64_t distance_squared(const Place& a, const Place& b) {
  const std::int64_t x = a.longitude - b.longitude;
  const std::int64_t y = a.latitude - b.latitude;
  return x * x + y * y;
}

}  // namespace core
