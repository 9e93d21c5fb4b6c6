// The words of the JSON Schema of scenarios, and its parts for the applications.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace tools {

constexpr const char* kDuration = "^[0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h)$";
constexpr const char* kShare = "^[0-9]+(\\.[0-9]+)?(%|ppm)$";

// One kind of value each: what it means, and examples (the first is the default where there is one).
nlohmann::ordered_json value(const std::string& about, nlohmann::ordered_json rules,
                             const nlohmann::ordered_json& examples);
nlohmann::ordered_json pattern(const std::string& about, const char* regex, const nlohmann::ordered_json& examples);
nlohmann::ordered_json duration(const std::string& about, const nlohmann::ordered_json& examples);
nlohmann::ordered_json whole(const std::string& about, std::int64_t least, std::int64_t most,
                             const nlohmann::ordered_json& examples);
nlohmann::ordered_json word(const std::string& about, const nlohmann::ordered_json& words);
nlohmann::ordered_json list(const std::string& about, const nlohmann::ordered_json& items,
                            const nlohmann::ordered_json& examples);
nlohmann::ordered_json either(const std::string& about, const nlohmann::ordered_json& forms,
                              const nlohmann::ordered_json& examples);
// A map with just these keys, and x- ones for notes and anchors.
nlohmann::ordered_json keys(const std::string& about, const nlohmann::ordered_json& properties,
                            const nlohmann::ordered_json& required = nlohmann::ordered_json::array());

// What an item of the workload calls `dispatch`, and `lights`.
nlohmann::ordered_json dispatch_schema();
nlohmann::ordered_json lights_schema();

}  // namespace tools
