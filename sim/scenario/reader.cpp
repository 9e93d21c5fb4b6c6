#include "sim/scenario/reader.hpp"

#include <algorithm>
#include <tuple>

#include "sim/scenario/text_check.hpp"

namespace sim {
namespace {

constexpr std::size_t kMostListed = 20;

bool ignored(std::string_view key) {
  return key.starts_with("x-");
}

bool contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Characters, not bytes, up to a column that counts bytes.
int in_characters(std::string_view line, int byte_column) {
  int column = 1;
  for (std::size_t i = 0; i < line.size() && static_cast<int>(i) + 1 < byte_column; ++i) {
    if ((static_cast<unsigned char>(line[i]) & 0xC0) != 0x80) ++column;
  }
  return column;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

void Problems::add(int line, int byte_column, std::string message) {
  if (!full()) found_.push_back({line, byte_column, std::move(message), ""});
}

std::vector<Problem> Problems::listed(std::string_view text) const {
  std::vector<Problem> list = found_;
  std::sort(list.begin(), list.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.line, a.column, a.message) < std::tie(b.line, b.column, b.message);
  });
  if (list.size() > kMostListed) list.resize(kMostListed);
  const std::vector<std::string_view> lines = lines_of(text);
  for (Problem& problem : list) {
    const auto index = static_cast<std::size_t>(problem.line) - 1;
    if (index >= lines.size()) continue;
    problem.source = lines[index];
    problem.column = in_characters(problem.source, problem.column);
  }
  return list;
}

std::string kind_in_words(const yaml::Node& node) {
  switch (node.kind) {
    case yaml::Node::Kind::null:
      return "nothing";
    case yaml::Node::Kind::scalar:
      return "the single value " + quoted(node.text);
    case yaml::Node::Kind::list:
      return "a list";
    case yaml::Node::Kind::map:
      return "keys with values";
  }
  return "";
}

Fields::Fields(const yaml::Node& map, std::string path, Problems& problems)
    : map_{map}, path_{std::move(path)}, problems_{problems} {
  if (!map.map()) {
    const std::string what = path_.empty() ? "a scenario" : path_;
    problems.add(map, what + ": keys with values are wanted, as in 'key: value', not " + kind_in_words(map));
    return;
  }
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const yaml::Node& key = map.keys[i];
    const auto [first, fresh] = places_.try_emplace(key.text, i);
    if (key.text == "<<") {
      problems.add(key, "merge keys (<<) are not supported; write the keys out");
    } else if (!fresh && !ignored(key.text)) {
      const std::string line = std::to_string(map.keys[first->second].line);
      problems.add(key, "key " + quoted(key.text) + " stands here twice, first in line " + line + "; keep one");
    }
  }
}

const yaml::Node* Fields::find(std::string_view name) {
  if (!contains(known_, name)) known_.emplace_back(name);
  const auto place = places_.find(name);
  if (place == places_.end()) return nullptr;
  const yaml::Node& value = map_.items[place->second];
  if (value.kind != yaml::Node::Kind::null) return &value;
  problems_.add(key(name), quoted(name) + " has no value; give one or leave the key out");
  return nullptr;
}

const yaml::Node* Fields::need(std::string_view name) {
  if (!has(name)) complain(quoted(name) + " is missing");
  return find(name);
}

const yaml::Node* Fields::list(std::string_view name) {
  const yaml::Node* node = find(name);
  if (node == nullptr || node->list()) return node;
  problems_.add(*node, std::string{name} + ": a list is wanted, not " + kind_in_words(*node));
  return nullptr;
}

void Fields::complain(std::string_view what) const {
  if (map_.map()) problems_.add(map_, (path_.empty() ? "" : path_ + ": ") + std::string{what});
}

void Fields::finish() const {
  for (const auto& [name, place] : places_) {
    if (problems_.full()) return;
    if (ignored(name) || name == "<<" || contains(known_, name)) continue;
    const std::string in = path_.empty() ? "" : " in " + path_;
    problems_.add(map_.keys[place], "unknown key " + quoted(name) + in + hint(name, known_));
  }
}

bool Fields::text(std::string_view name, std::string& out) {
  return get(
      name, out, +[](std::string_view text) -> Parsed<std::string> {
        if (text.empty()) return Parsed<std::string>::wrong("an empty text");
        return std::string{text};
      });
}

bool Fields::truth(std::string_view name, bool& out) {
  const yaml::Node* node = find(name);
  if (node != nullptr && node->scalar() && !node->plain) {
    problems_.add(*node, std::string{name} + ": true or false without quotes is wanted");
    return false;
  }
  const std::optional<bool> value = node != nullptr ? read(*node, name, parse_bool, problems_) : std::nullopt;
  out = value.value_or(out);
  return value.has_value();
}

std::optional<std::uint64_t> Fields::whole(const yaml::Node& node, std::string_view name) {
  if (!node.scalar() || node.plain) return read(node, name, parse_count, problems_);
  problems_.add(node, std::string{name} + ": a whole number without quotes is wanted");
  return std::nullopt;
}

bool Fields::out_of_range(std::string_view name, const std::string& shown, const std::string& least,
                          const std::string& most) {
  const std::string range = "; it must be from " + least + " to " + most;
  problems_.add(value(name), std::string{name} + ": " + shown + " is out of range" + range);
  return false;
}

void Fields::wrong_word(const yaml::Node& node, std::string_view name, const Words& words) {
  if (node.scalar()) {
    problems_.add(node, std::string{name} + ": unknown value " + quoted(node.text) + hint(node.text, words));
  } else {
    problems_.add(node, std::string{name} + ": a word is wanted, not " + kind_in_words(node) + hint("", words));
  }
}

}  // namespace sim
