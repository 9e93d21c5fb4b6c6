// The city as a page shows it.
#pragma once

#include <string_view>
#include <vector>

#include "core/city/city.hpp"
#include "core/group/config.hpp"
#include "net/wire/json_value.hpp"

namespace tools {

// Crossings with their lamps, units and open crashes, as of what a node has delivered. Of each at most so many are
// listed, oldest crashes first; the counts are of all. `lamps`: as the members that they hang at tell of them; of
// lamps that nobody tells of the colour is null.
constexpr std::size_t kMostListed = 200;
net::Json city_json(const core::Config& config, const core::CityState& city, const net::Json& lamps);

}  // namespace tools
