// The schema that editors use and the decoder take the same keys, and the schema's examples are right.
#include "tools/schema.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "sim/scenario/decode.hpp"

namespace {

using Json = nlohmann::ordered_json;

// A map of the format: where the schema describes it, and a scenario in which $ stands for the map.
struct Place {
  std::string pointer;
  std::string scenario;
};

std::string around(const std::string& rest) {
  return R"({"version": 1, "nodes": 5, )" + rest + "}";
}

std::vector<Place> places() {
  const std::string links = "/properties/network/properties/", fault = "/properties/faults/items";
  const std::string dispatch = "/properties/workload/items/properties/dispatch";
  return {
      {"", "$"},
      {"/properties/nodes/anyOf/1/items", R"({"version": 1, "nodes": [$, {"name": "other"}]})"},
      {"/properties/group", around(R"("group": $)")},
      {"/properties/timing", around(R"("timing": $)")},
      {"/properties/network", around(R"("network": $)")},
      {links + "default", around(R"("network": {"default": $})")},
      {links + "default/properties/latency/anyOf/1", around(R"("network": {"default": {"latency": $}})")},
      {links + "links/items", around(R"("network": {"links": [$]})")},
      {"/properties/workload/items", around(R"("workload": [$])")},
      {"/properties/workload/items/properties/lights", around(R"("workload": [{"lights": $}])")},
      {dispatch, around(R"("workload": [{"dispatch": $}])")},
      {dispatch + "/properties/away/items", around(R"("workload": [{"dispatch": {"away": [$]}}])")},
      {"/properties/messages/items", around(R"("messages": [$])")},
      {"/properties/steps/items", R"({"version": 1, "nodes": 4, "steps": [$]})"},
      {fault, around(R"("faults": [$])")},
      {fault + "/properties/when", around(R"("faults": [{"crash": "n1", "when": $}])")},
      {fault + "/properties/partition/anyOf/1", around(R"("faults": [{"at": "1s", "partition": $}])")},
      {fault + "/properties/cut", around(R"("faults": [{"at": "1s", "cut": $}])")},
      {fault + "/properties/link", around(R"("faults": [{"at": "1s", "link": $}])")},
      {fault + "/properties/clock", around(R"("faults": [{"at": "1s", "clock": $}])")},
      {fault + "/properties/disk", around(R"("faults": [{"at": "1s", "disk": $}])")},
      {"/properties/disk", around(R"("disk": $)")},
      {"/properties/expect", around(R"("expect": $)")},
      {"/properties/expect/properties/at_least", around(R"("expect": {"at_least": $})")},
  };
}

// What must stand beside `key` in the map at `pointer`, so that the map is complete.
Json companions(const std::string& pointer, const std::string& key) {
  if (pointer.empty()) return {{"version", 1}, {"nodes", key == "steps" ? 3 : 5}};
  if (pointer.ends_with("/nodes/anyOf/1/items")) return {{"name", "a"}};
  if (pointer.ends_with("/links/items") || pointer.ends_with("/link"))
    return {{"from", "n4"}, {"to", "n5"}, {"loss", "1%"}};
  if (pointer.ends_with("/cut")) return {{"from", "n4"}, {"to", "n5"}};
  if (pointer.ends_with("/workload/items")) {
    if (key == "event") return {{"from", "n1"}, {"at", "1s"}};
    if (key == "after") return {{"event", "e"}, {"from", "n1"}, {"at", "1s"}};
    if (key == "join" || key == "leave") return {{"at", "1s"}};
    if (key == "lights" || key == "dispatch") return Json::object();
    return key == "at" ? Json{{"leave", "n1"}} : Json{{"submit", "1/s"}};
  }
  if (pointer.ends_with("/away/items")) {
    Json away{{"who", "car1"}, {"at", "1s"}, {"for", "1s"}};
    away.erase(key);
    return away;
  }
  if (pointer.ends_with("/lights")) return {{"plan", "demand"}};
  if (pointer.ends_with("/messages/items")) {
    Json message{{"from", "n3"}, {"to", "n4"}, {"type", "ORDER"}};
    if (key != "drop" && key != "at" && key != "copy") message["at"] = "1s";
    return message;
  }
  if (pointer.ends_with("/steps/items")) {
    if (key == "fire" || key == "suspect") return {{"node", "n4"}};
    if (key == "node") return {{"fire", "claim"}};
    if (key == "deliver" || key == "lose" || key == "duplicate") return {{"from", "n4"}};
    if (key == "from" || key == "what") return {{"deliver", "n2"}, {"from", "n4"}};
    return key == "crash_after" ? Json{{"submit", "n1"}} : Json::object();
  }
  if (pointer.ends_with("/clock")) return {{"node", "n1"}, {"drift", "1ppm"}};
  if (pointer.ends_with("/items/properties/disk")) return {{"node", "n1"}, {"fault", "slow"}};
  if (pointer.ends_with("/when")) return {{"kind", "ack"}};
  if (!pointer.ends_with("/faults/items")) return Json::object();
  if (key == "at" || key == "every" || key == "when") return {{"crash", "n1"}};
  if (key == "from" || key == "until") return {{"every", "1s"}, {"crash", "n1"}};
  if (key == "plus") return {{"when", {{"kind", "ack"}}}, {"crash", "n1"}};
  if (key == "for") return {{"at", "1s"}, {"crash", "n1"}};
  return {{"at", "1s"}};
}

std::string problems_of(const Place& place, const std::string& map) {
  std::string text = place.scenario;
  text.replace(text.find('$'), 1, map);
  const auto result = sim::decode(text, "f");
  std::string list;
  if (const auto* found = std::get_if<std::vector<sim::Problem>>(&result)) {
    for (const sim::Problem& problem : *found) list += problem.message + "\n";
  }
  return list;
}

// The keys that the decoder knows in a place, from its answer to one that nobody knows.
std::set<std::string> keys_of_decoder(const Place& place) {
  const std::string answer = problems_of(place, R"({"zzzzzzzzzzzz": 1})");
  const std::string mark = "; known: ";
  const std::size_t begin = answer.find(mark, answer.find("'zzzzzzzzzzzz'"));
  REQUIRE(begin != std::string::npos);
  std::string list = answer.substr(begin + mark.size(), answer.find('\n', begin) - begin - mark.size()) + ", ";
  std::set<std::string> keys;
  for (std::size_t end = 0; (end = list.find(", ")) != std::string::npos; list.erase(0, end + 2)) {
    keys.insert(list.substr(0, end));
  }
  return keys;
}

// Calls `use` with the schema of every map below `schema`.
void each_map(const Json& schema, const auto& use) {
  if (schema.is_object() && schema.contains("properties") && schema["properties"].is_object()) use(schema);
  if (!schema.is_structured()) return;
  for (const auto& below : schema) each_map(below, use);
}

}  // namespace

TEST_CASE("schema and decoder take the same keys") {
  const Json schema = Json::parse(tools::scenario_schema());
  for (const Place& place : places()) {
    CAPTURE(place.pointer);
    std::set<std::string> keys;
    for (const auto& property : schema.at(Json::json_pointer(place.pointer)).at("properties").items()) {
      keys.insert(property.key());
    }
    CHECK(keys == keys_of_decoder(place));
  }
}

TEST_CASE("every example of the schema is right") {
  const Json schema = Json::parse(tools::scenario_schema());
  std::size_t examples = 0;
  for (const Place& place : places()) {
    for (const auto& property : schema.at(Json::json_pointer(place.pointer)).at("properties").items()) {
      for (const Json& example : property.value().value("examples", Json::array())) {
        Json map = companions(place.pointer, property.key());
        map[property.key()] = example;
        CAPTURE(place.pointer, map.dump());
        CHECK(problems_of(place, map.dump()).empty());
        ++examples;
      }
    }
  }
  CHECK(examples > 150);
}

TEST_CASE("every map of the schema explains its keys, and takes no others but x- ones") {
  const Json schema = Json::parse(tools::scenario_schema());
  CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
  std::size_t maps = 0;
  each_map(schema, [&](const Json& map) {
    ++maps;
    CHECK(map["additionalProperties"] == false);
    CHECK(map["patternProperties"].contains("^x-"));
    for (const auto& property : map["properties"].items()) {
      CAPTURE(property.key());
      CHECK(property.value().value("description", "").size() > 5);
    }
  });
  CHECK(maps >= places().size());
}
