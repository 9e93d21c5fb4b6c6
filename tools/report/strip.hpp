// One row of a picture made of characters, each of which takes one column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/report/style.hpp"

namespace tools {

enum class Ink : std::uint8_t { plain, faint, green, yellow, red };

std::string painted(const std::string& text, Ink ink, const Style& style);

class Strip {
 public:
  explicit Strip(std::size_t columns) : cells_(columns) {}

  // Writes text (UTF-8) from a column on, as far as there are columns.
  void put(std::size_t column, std::string_view text, Ink ink = Ink::plain);
  // Columns `from` up to `to`, which is not included, are blank; what lies outside counts as blank.
  [[nodiscard]] bool blank(std::size_t from, std::size_t to) const;
  [[nodiscard]] bool blank() const { return blank(0, cells_.size()); }

  // Without the blanks at its end.
  [[nodiscard]] std::string text(const Style& style) const;

 private:
  struct Cell {
    std::string glyph = " ";
    Ink ink = Ink::plain;
  };

  std::vector<Cell> cells_;
};

// How many columns a text (UTF-8) takes.
std::size_t columns_of(std::string_view text);

}  // namespace tools
