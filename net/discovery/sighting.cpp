#include "net/discovery/sighting.hpp"

#include "net/discovery/json_fields.hpp"

namespace net {
namespace {

constexpr std::uint64_t kVersion = 1;

Sighting read(const Json& json) {
  if (const std::uint64_t version = number_at(json, "version"); version != kVersion)
    throw BadValue("is of version " + std::to_string(version) + "; known: " + std::to_string(kVersion));
  Sighting sighting{.group = name_at(json, "group"), .node = resident_in(field_at(json, "node"))};
  if (sighting.node.at.host.empty()) throw BadValue("`host` is empty");
  sighting.expect = number_at(json, "expect", kMostPlaces);
  sighting.founded = truth_at(json, "founded");
  sighting.age_ms = number_at(json, "age_ms");
  if (const Json& charter = field_at(json, "charter"); !charter.is_null()) sighting.charter = charter_in(charter);
  if (const Json& roster = field_at(json, "roster"); !roster.is_null()) sighting.roster = Roster::from(roster);
  if (sighting.founded && !sighting.charter) throw BadValue("is founded without a charter");
  if (sighting.roster && (!sighting.founded || sighting.roster->charter() != *sighting.charter))
    throw BadValue("has another charter in its `roster`");
  return sighting;
}

}  // namespace

std::string written(const Sighting& sighting) {
  return Json{{"type", "SIGHTING"},
              {"version", kVersion},
              {"group", sighting.group},
              {"node", to_json(sighting.node)},
              {"expect", sighting.expect},
              {"founded", sighting.founded},
              {"charter", sighting.charter ? to_json(*sighting.charter) : Json()},
              {"roster", sighting.roster ? sighting.roster->json() : Json()},
              {"age_ms", sighting.age_ms}}
      .dump();
}

std::variant<Sighting, Unrelated, std::string> sighting_in(std::string_view text) {
  if (text.size() > Sighting::kMostBytes) return Unrelated{};
  return sighting_of(Json::parse(text, nullptr, false));
}

std::variant<Sighting, Unrelated, std::string> sighting_of(const Json& json) {
  if (!json.is_object() || json.value("type", Json()) != "SIGHTING") return Unrelated{};
  try {
    return read(json);
  } catch (const BadValue& bad) {
    return "a sighting " + std::string(bad.what());
  }
}

}  // namespace net
