// Fields of JSON that strangers may have written. What does not fit is thrown as BadValue, which says which and why.
#pragma once

#include "net/wire/json_value.hpp"

namespace net {

constexpr std::size_t kLongestText = 64;

inline const Json& field_at(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  if (!json.is_object() || found == json.end()) throw BadValue(std::string("has no `") + key + "`");
  return *found;
}

inline std::string text_at(const Json& json, const char* key, std::size_t longest = kLongestText) {
  const Json& field = field_at(json, key);
  if (!field.is_string()) throw BadValue(std::string("`") + key + "` is no text");
  const auto& text = field.get_ref<const std::string&>();
  if (text.size() > longest) throw BadValue(std::string("`") + key + "` is longer than " + std::to_string(longest));
  return text;
}

// What is wrong with the name of a node or a group; "": nothing.
inline std::string wrong_in_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestText) return "has 1 to 64 characters";
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '-' && c != '_' && c != '.') return "may only have letters, digits and - _ .";
  }
  return "";
}

inline std::string name_at(const Json& json, const char* key) {
  std::string name = text_at(json, key);
  if (const std::string wrong = wrong_in_name(name); !wrong.empty())
    throw BadValue(std::string("`") + key + "` " + wrong);
  return name;
}

inline std::uint64_t number_at(const Json& json, const char* key, std::uint64_t most = UINT64_MAX) {
  const Json& field = field_at(json, key);
  if (!field.is_number_unsigned() || field.get<std::uint64_t>() > most)
    throw BadValue(std::string("`") + key + "` is no whole number up to " + std::to_string(most));
  return field.get<std::uint64_t>();
}

inline std::int64_t signed_at(const Json& json, const char* key) {
  const Json& field = field_at(json, key);
  if (!field.is_number_integer()) throw BadValue(std::string("`") + key + "` is no whole number");
  return field.get<std::int64_t>();
}

inline bool truth_at(const Json& json, const char* key) {
  const Json& field = field_at(json, key);
  if (!field.is_boolean()) throw BadValue(std::string("`") + key + "` is neither true nor false");
  return field.get<bool>();
}

inline const Json& list_at(const Json& json, const char* key, std::size_t most) {
  const Json& field = field_at(json, key);
  if (!field.is_array() || field.size() > most)
    throw BadValue(std::string("`") + key + "` is no list of at most " + std::to_string(most));
  return field;
}

}  // namespace net
