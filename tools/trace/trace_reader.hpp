// Reads a trace line by line and keeps only the line it stands at, so that the size of a file does not matter.
#pragma once

#include <cstddef>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace tools {

using Json = nlohmann::ordered_json;  // fields in the order of the file

class TraceReader {
 public:
  // Reads the header. Throws BadInput, as all below: the file cannot be read, is no trace, or one of another version.
  explicit TraceReader(const std::string& path);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const Json& header() const { return header_; }

  // Goes to the next line; false at the end of the file: then `text` and `line` stay with the last one.
  bool next();
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t line() const { return line_; }  // from 1, which is the header
  // The record in this line; none if the file breaks off in the middle of it.
  [[nodiscard]] std::optional<Json> record() const { return record_in(text_, line_); }
  // The same for a line that was passed before.
  [[nodiscard]] std::optional<Json> record_in(const std::string& text, std::size_t line) const;

 private:
  [[nodiscard]] Json checked_header() const;
  [[noreturn]] void wrong(std::size_t line, const std::string& what) const;

  std::string path_;
  std::ifstream in_;
  std::string text_, next_;
  std::size_t line_ = 0;
  Json header_;
};

}  // namespace tools
