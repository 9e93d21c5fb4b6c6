// Reading the tree of a scenario file: problems are collected with their place, never thrown.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/scenario/decode.hpp"
#include "sim/scenario/suggest.hpp"
#include "sim/scenario/units.hpp"
#include "sim/scenario/yaml_tree.hpp"

namespace sim {

class Problems {
 public:
  // Once full, nothing is added, so that a hopeless file costs little.
  void add(const yaml::Node& where, std::string message) { add(where.line, where.column, std::move(message)); }
  void add(int line, int byte_column, std::string message);
  [[nodiscard]] bool none() const { return found_.empty(); }
  [[nodiscard]] bool full() const { return found_.size() == kMostCollected; }

  // The first 20 in file order, with the lines of `text` they stand in and columns in characters.
  [[nodiscard]] std::vector<Problem> listed(std::string_view text) const;

 private:
  static constexpr std::size_t kMostCollected = 100;
  std::vector<Problem> found_;
};

std::string kind_in_words(const yaml::Node& node);  // "a list", "keys with values", "nothing", "a single value"

// A scalar through one of the parse functions; what is wrong is reported with the key's name.
template <class T>
std::optional<T> read(const yaml::Node& node, std::string_view key, Parsed<T> (*parse)(std::string_view),
                      Problems& problems) {
  if (!node.scalar()) {
    problems.add(node, std::string{key} + ": a single value is wanted, not " + kind_in_words(node));
    return std::nullopt;
  }
  const Parsed<T> parsed = parse(node.text);
  if (!parsed.value) problems.add(node, std::string{key} + ": " + parsed.problem);
  return parsed.value;
}

template <class T>
using Choices = std::vector<std::pair<std::string, T>>;

// The keys of one map of the file. A key that is asked for is known; finish() reports all others.
// Getters leave `out` as it is when the key is not there or its value is wrong.
class Fields {
 public:
  // `path` names the map in messages, as in "network.default"; "" is the whole file.
  Fields(const yaml::Node& map, std::string path, Problems& problems);

  const yaml::Node* find(std::string_view key);  // the value; nullptr: not given, or empty (reported)
  const yaml::Node* need(std::string_view key);  // find(), and its absence is a problem
  [[nodiscard]] bool has(std::string_view key) const { return places_.contains(key); }
  [[nodiscard]] const yaml::Node& key(std::string_view name) const { return map_.keys[places_.at(name)]; }
  [[nodiscard]] const yaml::Node& value(std::string_view name) const { return map_.items[places_.at(name)]; }
  const yaml::Node* list(std::string_view key);  // the value, if it is a list
  void complain(std::string_view what) const;    // about the map as a whole; nothing if it is none
  void finish() const;

  template <class Out, class T>
  bool get(std::string_view name, Out& out, Parsed<T> (*parse)(std::string_view)) {
    const yaml::Node* node = find(name);
    const std::optional<T> value = node != nullptr ? read(*node, name, parse, problems_) : std::nullopt;
    if (value) out = static_cast<Out>(*value);
    return value.has_value();
  }
  // Within [least, most].
  template <class Out>
  bool duration(std::string_view name, Out& out, core::Duration least, core::Duration most) {
    core::Duration value;
    if (!get(name, value, parse_duration)) return false;
    if (value < least || value > most) return out_of_range(name, show(value), show(least), show(most));
    out = value;
    return true;
  }
  template <class Out>
  bool count(std::string_view name, Out& out, std::uint64_t least, std::uint64_t most) {
    const yaml::Node* node = find(name);
    const std::optional<std::uint64_t> value = node != nullptr ? whole(*node, name) : std::nullopt;
    if (!value) return false;
    if (*value < least || *value > most) {
      return out_of_range(name, std::to_string(*value), std::to_string(least), std::to_string(most));
    }
    out = static_cast<Out>(*value);
    return true;
  }
  bool text(std::string_view name, std::string& out);
  bool truth(std::string_view name, bool& out);

  // One of a few words.
  template <class T>
  bool choice(std::string_view name, T& out, const Choices<T>& choices) {
    const yaml::Node* node = find(name);
    if (node == nullptr) return false;
    Words words;
    for (const auto& [word, value] : choices) {
      words.push_back(word);
      if (node->scalar() && node->text == word) return out = value, true;
    }
    wrong_word(*node, name, words);
    return false;
  }

 private:
  std::optional<std::uint64_t> whole(const yaml::Node& node, std::string_view name);
  bool out_of_range(std::string_view name, const std::string& shown, const std::string& least, const std::string& most);
  void wrong_word(const yaml::Node& node, std::string_view name, const Words& words);

  const yaml::Node& map_;
  std::string path_;
  Problems& problems_;
  std::map<std::string_view, std::size_t> places_;  // of the keys in the map
  Words known_;
};

}  // namespace sim
