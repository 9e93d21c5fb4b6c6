#include "tools/flag_values.hpp"

#include <charconv>

#include "sim/scenario/units.hpp"
#include "tools/exit_code.hpp"

namespace tools {

void wrong_usage(const std::string& what) {
  throw BadInput("bellwether: " + what);
}

std::uint64_t whole_number(const std::string& flag, std::string_view text, std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && value >= least && value <= most) return value;
  wrong_usage(flag + ": '" + std::string(text) + "' is not a whole number from " + std::to_string(least) + " to " +
              std::to_string(most));
}

double seconds(const std::string& flag, std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && value >= 0.001 && value <= 3600) return value;
  wrong_usage(flag + ": '" + std::string(text) + "' is not a number of seconds from 0.001 to 3600");
}

core::Duration span_of_time(const std::string& flag, std::string_view text) {
  const auto parsed = sim::parse_duration(text);
  if (!parsed.value) wrong_usage(flag + ": " + parsed.problem);
  if (*parsed.value <= core::Duration{}) wrong_usage(flag + ": '" + std::string(text) + "' is no time at all");
  return *parsed.value;
}

}  // namespace tools
