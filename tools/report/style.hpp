// Colour and marks, and how a run is repeated.
#pragma once

#include <string>
#include <string_view>

#include "tools/campaign.hpp"

namespace tools {

struct Style {
  bool colour = false;
  bool ascii = false;  // pictures are drawn without characters beyond ASCII

  // Colour only where stdout is a terminal and NO_COLOR is not set; ASCII where the locale has no UTF-8.
  static Style of_stdout();

  [[nodiscard]] std::string green(std::string_view text) const { return paint("32", text); }
  [[nodiscard]] std::string red(std::string_view text) const { return paint("31", text); }
  [[nodiscard]] std::string yellow(std::string_view text) const { return paint("33", text); }
  [[nodiscard]] std::string bold(std::string_view text) const { return paint("1", text); }
  [[nodiscard]] std::string faint(std::string_view text) const { return paint("2", text); }
  [[nodiscard]] std::string mark(bool good) const { return good ? green("✓") : red("✗"); }

 private:
  [[nodiscard]] std::string paint(std::string_view code, std::string_view text) const {
    if (!colour) return std::string(text);
    return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
  }
};

// As one word of a shell command, in quotes where it must be.
std::string shell_word(const std::string& word);

// The one command that does this run again, ready to paste into a shell.
std::string repeat_command(const std::string& program, const Job& job);

// The one that says why it fails.
std::string explain_command(const std::string& program, const Job& job);

// `text` and spaces up to `width` characters (UTF-8), or one space.
std::string padded(const std::string& text, std::size_t width);

}  // namespace tools
