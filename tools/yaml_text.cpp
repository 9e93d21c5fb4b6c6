#include "tools/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace tools {
namespace {

using Json = nlohmann::ordered_json;

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool letter_or_digit(char c) {
  return letter(c) || (c >= '0' && c <= '9');
}

// Words that some reader takes for something else than a text.
bool has_a_meaning(const std::string& text) {
  constexpr std::array<std::string_view, 8> kWords{"null", "true", "false", "yes", "no", "on", "off", "y"};
  std::string lower = text;
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower == "n" || std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

std::string in_quotes(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);  // a text of JSON is one of YAML as well
}

std::string word_yaml(const std::string& text) {
  const auto plain = [](char c) {
    return letter_or_digit(c) || std::string_view{"._%/()-"}.find(c) != std::string::npos;
  };
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const bool begins_well = text.size() > first && (letter_or_digit(text[first]) || text[first] == '_');
  return begins_well && std::all_of(text.begin(), text.end(), plain) && !has_a_meaning(text) ? text : in_quotes(text);
}

std::string list_yaml(const Json& list) {
  std::string out;
  for (const Json& item : list) out += (out.empty() ? "" : ", ") + flow_yaml(item);
  return "[" + out + "]";
}

std::string map_yaml(const Json& map) {
  std::string out;
  for (const auto& [key, value] : map.items()) out += (out.empty() ? "" : ", ") + key + ": " + flow_yaml(value);
  return "{" + out + "}";
}

}  // namespace

std::string flow_yaml(const Json& value) {
  if (value.is_array()) return list_yaml(value);
  if (value.is_object()) return map_yaml(value);
  return value.is_string() ? word_yaml(value.get<std::string>()) : value.dump();
}

std::string sentence_yaml(const std::string& text) {
  const auto control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; };
  const bool quiet = std::none_of(text.begin(), text.end(), control);
  const bool marks = text.find(": ") != std::string::npos || text.find(" #") != std::string::npos;
  const bool ends_well = !text.ends_with(':') && !text.ends_with(' ');
  const bool plain = !text.empty() && letter(text[0]) && quiet && !marks && ends_well && !has_a_meaning(text);
  return plain ? text : in_quotes(text);
}

}  // namespace tools
