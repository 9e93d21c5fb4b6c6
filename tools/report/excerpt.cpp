#include "tools/report/excerpt.hpp"

#include <algorithm>

namespace tools {
namespace {

bool continues_character(char c) {
  return (c & 0xC0) == 0x80;
}

std::string excerpt(const std::string& text, std::size_t interesting, std::size_t columns) {
  if (text.size() <= columns || interesting < columns / 2) return cut(text, columns);
  std::size_t from = interesting - columns / 4;
  while (from < text.size() && continues_character(text[from])) ++from;
  return cut("…" + text.substr(from), columns);
}

}  // namespace

std::string cut(const std::string& text, std::size_t columns) {
  std::size_t seen = 0, last = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (continues_character(text[i])) continue;
    if (++seen == columns) last = i;
    if (seen > columns) return text.substr(0, last) + "…";
  }
  return text;
}

std::pair<std::string, std::string> excerpts(const std::string& a, const std::string& b, std::size_t columns) {
  const auto apart = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
  const auto interesting = static_cast<std::size_t>(apart);
  return {excerpt(a, interesting, columns), excerpt(b, interesting, columns)};
}

}  // namespace tools
