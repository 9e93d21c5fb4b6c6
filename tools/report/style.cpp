#include "tools/report/style.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace tools {
namespace {

std::string command(const std::string& program, const std::string& name, const Job& job) {
  return shell_word(program) + " " + name + " " + shell_word(job.scenario->file) + " --seed " +
         std::to_string(job.seed);
}

// For characters, by the first variable that is set (POSIX, chapter 8.2).
std::string_view locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  return "";
}

bool is_utf8(std::string_view name) {
  return name.find("UTF-8") != std::string_view::npos || name.find("utf8") != std::string_view::npos;
}

}  // namespace

Style Style::of_stdout() {
  const char* no_color = std::getenv("NO_COLOR");
  return {.colour = isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0'),
          .ascii = !is_utf8(locale())};
}

std::string shell_word(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:@%+,";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string repeat_command(const std::string& program, const Job& job) {
  return command(program, job.mode == Mode::sim ? "run" : "live", job);
}

std::string explain_command(const std::string& program, const Job& job) {
  return command(program, "explain", job);
}

std::string padded(const std::string& text, std::size_t width) {
  const auto characters =
      static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  return text + std::string(width > characters ? width - characters : 1, ' ');
}

}  // namespace tools
