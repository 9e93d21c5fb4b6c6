#include "sim/scenario/suggest.hpp"

#include <algorithm>

#include "sim/scenario/text_check.hpp"

namespace sim {
namespace {

constexpr std::size_t kLongestWord = 64;  // longer ones are never near anything
constexpr std::size_t kLongestList = 30;

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> before(width), last(width), row(width);  // the rows i - 2, i - 1 and i of the table
  for (std::size_t j = 0; j < width; ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = last;
    last = row;
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::string nearest(std::string_view wrong, const Words& known) {
  if (wrong.size() > kLongestWord) return "";
  const std::string word_lower = lower(wrong);
  std::string best;
  std::size_t least = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  for (const std::string& word : known) {
    if (word.size() >= wrong.size() + least || wrong.size() >= word.size() + least) continue;  // too unlike in length
    const std::size_t distance = edit_distance(word_lower, lower(word));
    if (distance < least) least = distance, best = word;
  }
  return best;
}

std::string hint(std::string_view wrong, const Words& known) {
  const std::string near = nearest(wrong, known);
  if (!near.empty()) return "; did you mean '" + near + "'?";
  if (known.empty() || known.size() > kLongestList) return "";
  std::string list;
  for (const std::string& word : known) list += (list.empty() ? "" : ", ") + word;
  return "; known: " + list;
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  std::size_t at = 0;
  for (int characters = 0; at < text.size() && characters < 40; ++characters) {
    const std::size_t length = std::max<std::size_t>(1, yaml::utf8_length(text.substr(at)));
    const bool control = static_cast<unsigned char>(text[at]) < 0x20;
    out += control ? " " : text.substr(at, length);
    at += length;
  }
  return out + (at < text.size() ? "...'" : "'");
}

}  // namespace sim
