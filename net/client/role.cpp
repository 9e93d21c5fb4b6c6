#include "net/client/role.hpp"

#include "net/client/ambulance.hpp"
#include "net/client/car.hpp"
#include "net/client/hospital.hpp"

namespace net {

std::unique_ptr<Role> role_of(const std::string& type, std::string id, const Manner& manner) {
  if (type == "car") return std::make_unique<Car>(std::move(id), manner);
  if (type == "ambulance") return std::make_unique<Ambulance>(std::move(id), manner);
  if (type == "hospital") return std::make_unique<Hospital>(std::move(id), manner);
  return nullptr;
}

Json degrees_of(core::Place place) {
  return {{"latitude", static_cast<double>(place.latitude) / 1e6},
          {"longitude", static_cast<double>(place.longitude) / 1e6}};
}

std::optional<core::Place> place_of(const Json& degrees) {
  const Json latitude = degrees.value("latitude", Json{}), longitude = degrees.value("longitude", Json{});
  if (!latitude.is_number() || !longitude.is_number()) return std::nullopt;
  const auto y = latitude.get<double>(), x = longitude.get<double>();
  if (!(y >= -90 && y <= 90 && x >= -180 && x <= 180)) return std::nullopt;
  return core::Place{static_cast<std::int64_t>(y * 1e6), static_cast<std::int64_t>(x * 1e6)};
}

}  // namespace net
