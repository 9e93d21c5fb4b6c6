// Writes one JSON object in one line, fields in the order of the calls.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace tools {

// Appends `text` (UTF-8) as a JSON string, quotes included.
void append_json(std::string& out, std::string_view text);

class JsonLine {
 public:
  // Appends to `out`, which outlives the line.
  explicit JsonLine(std::string& out) : out_(out) { out_ += '{'; }

  JsonLine& number(std::string_view name, std::integral auto value) {
    key(name);
    out_ += std::to_string(value);
    return *this;
  }
  JsonLine& text(std::string_view name, std::string_view value) {
    key(name);
    append_json(out_, value);
    return *this;
  }
  // `json`: a value that is JSON already.
  JsonLine& raw(std::string_view name, std::string_view json) {
    key(name);
    out_ += json;
    return *this;
  }
  void end() { out_ += "}\n"; }

 private:
  void key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    out_ += '"';
    out_ += name;
    out_ += "\":";
  }

  std::string& out_;
};

}  // namespace tools
