// JSON as YAML in flow style, as people write it: on one line, without quotes where none are needed.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace tools {

std::string flow_yaml(const nlohmann::ordered_json& value);  // "{at: 10s, crash: [n1, n2]}"

// A text that stands alone behind a key, where blanks and commas need no quotes.
std::string sentence_yaml(const std::string& text);

}  // namespace tools
