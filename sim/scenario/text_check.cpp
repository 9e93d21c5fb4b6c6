#include "sim/scenario/text_check.hpp"

#include <string>

namespace sim::yaml {
namespace {

bool continues(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

std::string hex(unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  return {'0', 'x', digits[byte >> 4], digits[byte & 15]};
}

// What is wrong with the character that `rest` begins with; "" if nothing is.
std::string character_problem(std::string_view rest, std::size_t length) {
  const auto byte = static_cast<unsigned char>(rest[0]);
  if (length == 0) return "byte " + hex(byte) + " is not valid UTF-8; save the file as UTF-8 text";
  if (byte == 0) return "a NUL byte; this is not a text file";
  if (byte == '\r' && !rest.starts_with("\r\n"))
    return "a carriage return without a line feed; end lines with LF or CRLF";
  const bool blank = byte == '\t' || byte == '\n' || byte == '\r';
  if ((byte < 0x20 && !blank) || byte == 0x7F) return "control character " + hex(byte) + "; this is not a text file";
  return "";
}

// Where a tab stands among the blanks before the first word of the line that `rest` begins with; npos: nowhere.
std::size_t tab_in_indent(std::string_view rest) {
  const std::size_t word = rest.find_first_not_of(" \t");
  if (word == std::string_view::npos || rest[word] == '\r' || rest[word] == '\n' || rest[word] == '#') {
    return std::string_view::npos;
  }
  return rest.substr(0, word).find('\t');
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = at(0), second = at(1);
  if (first < 0x80) return text.empty() ? 0 : 1;
  if (first < 0xC2 || first > 0xF4 || !continues(static_cast<unsigned char>(second))) return 0;
  if (first < 0xE0) return 2;
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;  // overlong, surrogates
  if (!continues(static_cast<unsigned char>(at(2)))) return 0;
  if (first < 0xF0) return 3;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;  // overlong, beyond U+10FFFF
  return continues(static_cast<unsigned char>(at(3))) ? 4 : 0;
}

std::optional<Refusal> text_problem(std::string_view text) {
  if (text.size() > kMaxBytes) return Refusal{1, 1, "the file is larger than 32 MiB; no scenario needs that"};
  int line = 1, column = 1;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::size_t tab = column == 1 ? tab_in_indent(text) : std::string_view::npos;
    if (tab != std::string_view::npos) {
      return Refusal{line, static_cast<int>(tab) + 1, "a tab in the indentation; YAML wants spaces"};
    }
    if (const std::string problem = character_problem(text, length); !problem.empty()) {
      return Refusal{line, column, problem};
    }
    column += static_cast<int>(length);
    if (text[0] == '\n') ++line, column = 1;
    text.remove_prefix(length);
  }
  return std::nullopt;
}

}  // namespace sim::yaml
