// Whole numbers, truth values and identities. YAML's other notations for them are refused, since they
// mean different things to different readers (012 is 10 to one and 12 to another).
#include <string_view>

#include "sim/scenario/suggest.hpp"
#include "sim/scenario/units.hpp"

namespace sim {
namespace {

__extension__ using Wide = unsigned __int128;

bool digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (!digit(c)) return false;
  }
  return !text.empty();
}

// What keeps the text from being a decimal whole number; "" if nothing does.
std::string number_problem(std::string_view text) {
  if (all_digits(text)) {
    const std::size_t first = text.find_first_not_of('0');
    if (text[0] != '0' || text.size() == 1) return "";
    const std::string value{first == std::string_view::npos ? "0" : text.substr(first)};
    return quoted(text) + " begins with 0, which some readers take for octal; write " + value;
  }
  std::string bare;
  for (const char c : text) bare += c == '_' || c == ',' ? std::string{} : std::string{c};
  if (digit(text.empty() ? ' ' : text[0]) && all_digits(bare)) {
    return quoted(text) + " has digit groups; write " + bare;
  }
  if (text.starts_with("0x") || text.starts_with("0o"))
    return quoted(text) + " is not decimal; write the number with digits 0-9";
  return quoted(text) + " is not a whole number";
}

// REQUIRES: only digits. At most `most`, else nothing.
std::optional<Wide> number_up_to(std::string_view digits, Wide most) {
  Wide value = 0;
  for (const char c : digits) {
    const auto next = static_cast<unsigned>(c - '0');
    if (value > (most - next) / 10) return std::nullopt;
    value = value * 10 + next;
  }
  return value;
}

int hex_value(char c) {
  if (digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Five groups of 8, 4, 4, 4 and 12 characters.
bool looks_like_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if ((text[i] == '-') != dash) return false;
  }
  return true;
}

}  // namespace

Parsed<std::uint64_t> parse_count(std::string_view text) {
  using Result = Parsed<std::uint64_t>;
  if (text.starts_with('-') && all_digits(text.substr(1))) return Result::wrong(quoted(text) + " is negative");
  if (const std::string problem = number_problem(text); !problem.empty()) return Result::wrong(problem);
  const auto value = number_up_to(text, UINT64_MAX);
  if (!value) return Result::wrong(quoted(text) + " does not fit into 64 bits");
  return static_cast<std::uint64_t>(*value);
}

Parsed<std::int64_t> parse_integer(std::string_view text) {
  using Result = Parsed<std::int64_t>;
  const bool negative = text.starts_with('-');
  const auto size = parse_count(negative ? text.substr(1) : text);
  if (!size.value) return Result::wrong(size.problem);
  const std::uint64_t most = std::uint64_t{INT64_MAX} + (negative ? 1 : 0);
  if (*size.value > most) return Result::wrong(quoted(text) + " does not fit into 64 bits");
  return static_cast<std::int64_t>(negative ? 0 - *size.value : *size.value);
}

Parsed<bool> parse_bool(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return Parsed<bool>::wrong(quoted(text) + " is neither true nor false");
}

Parsed<core::Id128> parse_id(std::string_view text) {
  using Result = Parsed<core::Id128>;
  if (!looks_like_uuid(text)) {
    if (text.empty() || !digit(text[0])) return Result::wrong(quoted(text) + " is neither a whole number nor a UUID");
    if (const std::string problem = number_problem(text); !problem.empty()) return Result::wrong(problem);
    const auto value = number_up_to(text, ~Wide{0});
    if (!value) return Result::wrong(quoted(text) + " does not fit into 128 bits");
    return core::Id128{static_cast<std::uint64_t>(*value >> 64), static_cast<std::uint64_t>(*value)};
  }
  Wide value = 0;
  for (const char c : text) {
    if (c == '-') continue;
    if (hex_value(c) < 0)
      return Result::wrong(quoted(text) + " is not a UUID: " + quoted({&c, 1}) + " is no hexadecimal digit");
    value = value << 4 | static_cast<unsigned>(hex_value(c));
  }
  return core::Id128{static_cast<std::uint64_t>(value >> 64), static_cast<std::uint64_t>(value)};
}

}  // namespace sim
