// A YAML file as a plain tree, which is all that the decoder sees of YAML.
// Bounded: 1 MiB of text, 32 levels, 200,000 nodes with every alias written out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sim::yaml {

struct Node {
  enum class Kind : std::uint8_t { null, scalar, list, map } kind = Kind::null;
  bool plain = true;         // scalar: written without quotes
  int line = 1, column = 1;  // where it begins, from 1; the column counts bytes
  std::string text;          // scalar
  std::vector<Node> keys;    // map: keys[i] names items[i]; always scalars
  std::vector<Node> items;   // list, map

  [[nodiscard]] bool scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool list() const { return kind == Kind::list; }
  [[nodiscard]] bool map() const { return kind == Kind::map; }
};

// What makes a text no YAML document that we read.
struct Refusal {
  int line = 1, column = 1;  // as in Node
  std::string message;
};

// The one document of the text. Aliases are copied; tags, several documents and too large texts are refused.
std::variant<Node, Refusal> parse(std::string_view text);

}  // namespace sim::yaml
