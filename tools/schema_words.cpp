#include "tools/schema_words.hpp"

namespace tools {

using Json = nlohmann::ordered_json;
using Text = std::string;

Json value(const Text& about, Json rules, const Json& examples) {
  Json schema{{"description", about}};
  schema.update(rules);
  schema["examples"] = examples;
  return schema;
}

Json pattern(const Text& about, const char* regex, const Json& examples) {
  return value(about, {{"type", "string"}, {"pattern", regex}}, examples);
}

Json duration(const Text& about, const Json& examples) {
  return pattern(about, kDuration, examples);
}

Json whole(const Text& about, std::int64_t least, std::int64_t most, const Json& examples) {
  return value(about, {{"type", "integer"}, {"minimum", least}, {"maximum", most}}, examples);
}

Json word(const Text& about, const Json& words) {
  return value(about, {{"enum", words}}, words);
}

Json list(const Text& about, const Json& items, const Json& examples) {
  return value(about, {{"type", "array"}, {"items", items}}, examples);
}

Json either(const Text& about, const Json& forms, const Json& examples) {
  return value(about, {{"anyOf", forms}}, examples);
}

// A map with just these keys, and x- ones for notes and anchors.
Json keys(const Text& about, const Json& properties, const Json& required) {
  Json schema{{"description", about}, {"type", "object"}, {"properties", properties}};
  schema["patternProperties"] = {{"^x-", Json::object()}};
  schema["additionalProperties"] = false;
  if (!required.empty()) schema["required"] = required;
  return schema;
}

}  // namespace tools
