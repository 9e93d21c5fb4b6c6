// The project's own files as text, for the house rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace house {

// A C++ source or header. `code` is `lines` with comments gone and string and character literals emptied; it
// has as many lines, so that a place found in one is the same place in the other.
struct SourceFile {
  std::string path;  // from the root: "core/base/time.hpp"
  std::vector<std::string> lines;
  std::vector<std::string> code;

  SourceFile(std::string path, std::string_view text);

  [[nodiscard]] bool in(std::string_view folder) const;  // "core", "sim/scenario"
  [[nodiscard]] bool is_header() const { return path.ends_with(".hpp"); }
  [[nodiscard]] bool is_cpp() const { return is_header() || path.ends_with(".cpp"); }
};

// Every source, in C++, TypeScript or CSS, of the code folders below `root`, in alphabetical order.
std::vector<SourceFile> read_tree(const std::string& root);

// Names of what lies directly in `root`.
std::vector<std::string> top_level(const std::string& root);

// What `text` is without comments, and with empty literals; newlines stay.
std::string strip(std::string_view text);

}  // namespace house
