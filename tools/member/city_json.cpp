#include "tools/member/city_json.hpp"

#include <map>
#include <string>
#include <utility>

#include "core/city/names.hpp"

namespace tools {
namespace {

using net::Json;

using Colours = std::map<std::pair<std::uint64_t, std::string>, Json>;  // by intersection and approach

Colours colours_in(const Json& lamps) {
  Colours colours;
  for (const Json& lamp : lamps)
    if (lamp.value("connected", false))
      colours[{lamp.value("intersection", std::uint64_t{0}), lamp.value("approach", "")}] =
          lamp.value("colour", Json());
  return colours;
}

Json crossings(const core::LightsPlan& plan, const Colours& colours) {
  Json list = Json::array();
  for (std::uint32_t i = 1; i <= plan.intersections && i <= kMostListed; ++i) {
    Json lamps = Json::array();
    for (std::uint32_t approach = 0; approach < plan.approaches; ++approach) {
      const std::string name = core::name_of_approach(plan, approach);
      const auto found = colours.find({i, name});
      lamps.push_back({{"approach", name}, {"colour", found == colours.end() ? Json() : found->second}});
    }
    list.push_back({{"intersection", i}, {"lamps", std::move(lamps)}});
  }
  return list;
}

Json or_null(const std::string& name) {
  return name.empty() ? Json() : Json(name);
}

Json server_of(const core::Config& config, const core::Unit& unit) {
  return unit.here() ? Json(config.members[unit.server].name) : Json();
}

Json ambulances(const core::Config& config, const core::Dispatch& dispatch) {
  Json list = Json::array();
  for (const auto& [name, unit] : dispatch.ambulances()) {
    if (list.size() == kMostListed) break;
    const char* const state = !unit.crash.empty() ? "busy" : !unit.here() ? "gone" : unit.available ? "free" : "off";
    list.push_back(
        {{"ambulance", name}, {"state", state}, {"crash", or_null(unit.crash)}, {"at", server_of(config, unit)}});
  }
  return list;
}

Json hospitals(const core::Config& config, const core::Dispatch& dispatch) {
  Json list = Json::array();
  for (const auto& [name, unit] : dispatch.hospitals()) {
    if (list.size() == kMostListed) break;
    list.push_back({{"hospital", name},
                    {"beds_free", unit.beds_free()},
                    {"beds_reserved", unit.reserved},
                    {"admitted", unit.admitted},
                    {"at", server_of(config, unit)}});
  }
  return list;
}

Json crashes(const core::Dispatch& dispatch) {
  Json list = Json::array();
  for (const auto& [age, name] : dispatch.by_age()) {
    if (list.size() == kMostListed) break;
    const core::Crash& crash = *dispatch.crash(name);
    list.push_back({{"crash", name},
                    {"step", core::name_of(crash.step)},
                    {"ambulance", or_null(crash.ambulance)},
                    {"hospital", or_null(crash.hospital)}});
  }
  return list;
}

}  // namespace

Json city_json(const core::Config& config, const core::CityState& city, const Json& lamps) {
  Json out = Json::object();
  const core::LightsPlan& plan = config.city.lights;
  if (plan.intersections > 0)
    out["lights"] = {
        {"intersections", plan.intersections}, {"row", plan.row()}, {"crossings", crossings(plan, colours_in(lamps))}};
  if (!config.city.dispatch.on) return out;
  const core::Dispatch& dispatch = city.dispatch;
  out["dispatch"] = {{"open", dispatch.crashes().size()},
                     {"completed", dispatch.completed()},
                     {"crashes", crashes(dispatch)},
                     {"ambulances", ambulances(config, dispatch)},
                     {"hospitals", hospitals(config, dispatch)}};
  return out;
}

}  // namespace tools
