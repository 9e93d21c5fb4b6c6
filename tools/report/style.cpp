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

}  // namespace

Style Style::of_stdout() {
  const char* no_color = std::getenv("NO_COLOR");
  return {isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0')};
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
