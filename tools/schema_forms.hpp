// The forms that values take in the JSON Schema of scenario files.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace tools {

using Json = nlohmann::ordered_json;
using Text = std::string;

constexpr const char* kDuration = "^[0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h)$";
constexpr const char* kStep = "^-?[0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h)$";
constexpr const char* kDrift = "^-?[0-9]+(\\.[0-9]+)?(%|ppm)$";
constexpr const char* kShare = "^[0-9]+(\\.[0-9]+)?(%|ppm)$";
constexpr const char* kBandwidth = "^[0-9]+(\\.[0-9]+)?(bit|kbit|Mbit|Gbit)$";
constexpr const char* kRate = "^[0-9]+(\\.[0-9]+)?/([0-9]+(\\.[0-9]+)?)?(ns|us|ms|s|m|h)$";
constexpr const char* kRange = "^[0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h)(\\.\\.[0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))?$";

// One kind of value each: what it means, and examples (the first is the default where there is one).
inline Json value(const Text& about, Json rules, const Json& examples) {
  Json schema{{"description", about}};
  schema.update(rules);
  schema["examples"] = examples;
  return schema;
}

inline Json pattern(const Text& about, const char* regex, const Json& examples) {
  return value(about, {{"type", "string"}, {"pattern", regex}}, examples);
}

inline Json duration(const Text& about, const Json& examples) {
  return pattern(about, kDuration, examples);
}

inline Json whole(const Text& about, std::int64_t least, std::int64_t most, const Json& examples) {
  return value(about, {{"type", "integer"}, {"minimum", least}, {"maximum", most}}, examples);
}

inline Json word(const Text& about, const Json& words) {
  return value(about, {{"enum", words}}, words);
}

inline Json list(const Text& about, const Json& items, const Json& examples) {
  return value(about, {{"type", "array"}, {"items", items}}, examples);
}

inline Json either(const Text& about, const Json& forms, const Json& examples) {
  return value(about, {{"anyOf", forms}}, examples);
}

// A map with just these keys, and x- ones for notes and anchors.
inline Json keys(const Text& about, const Json& properties, const Json& required = Json::array()) {
  Json schema{{"description", about}, {"type", "object"}, {"properties", properties}};
  schema["patternProperties"] = {{"^x-", Json::object()}};
  schema["additionalProperties"] = false;
  if (!required.empty()) schema["required"] = required;
  return schema;
}

// schema_city.cpp: the items of the workload that are applications.
Json dispatch_schema();
Json lights_schema();

}  // namespace tools
