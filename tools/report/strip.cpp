#include "tools/report/strip.hpp"

#include <algorithm>

namespace tools {
namespace {

bool continues_character(char c) {
  return (c & 0xC0) == 0x80;
}

}  // namespace

std::string painted(const std::string& text, Ink ink, const Style& style) {
  switch (ink) {
    case Ink::plain:
      return text;
    case Ink::faint:
      return style.faint(text);
    case Ink::green:
      return style.green(text);
    case Ink::yellow:
      return style.yellow(text);
    case Ink::red:
      return style.red(text);
  }
  return text;
}

void Strip::put(std::size_t column, std::string_view text, Ink ink) {
  for (std::size_t at = 0; at < text.size() && column < cells_.size(); ++column) {
    std::size_t next = at + 1;
    while (next < text.size() && continues_character(text[next])) ++next;
    cells_[column] = {std::string(text.substr(at, next - at)), ink};
    at = next;
  }
}

bool Strip::blank(std::size_t from, std::size_t to) const {
  for (std::size_t column = from; column < std::min(to, cells_.size()); ++column)
    if (cells_[column].glyph != " ") return false;
  return true;
}

std::string Strip::text(const Style& style) const {
  std::size_t end = cells_.size();
  while (end > 0 && cells_[end - 1].glyph == " ") --end;
  std::string out;
  for (std::size_t from = 0; from < end;) {
    std::string same;
    std::size_t column = from;
    for (; column < end && cells_[column].ink == cells_[from].ink; ++column) same += cells_[column].glyph;
    out += painted(same, cells_[from].ink, style);
    from = column;
  }
  return out;
}

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues_character(c); }));
}

}  // namespace tools
