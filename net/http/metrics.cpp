#include "net/http/metrics.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace net {
namespace {

// In a label's value `"` is written so, too.
void append_escaped(std::string& out, std::string_view text, bool quoted) {
  for (const char c : text) {
    if (c == '\\' || (quoted && c == '"')) out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
}

void append_labels(std::string& out, Metrics::Labels labels) {
  for (const auto& [name, value] : labels) {
    if (!out.empty()) out += ',';
    (out += name) += "=\"";
    append_escaped(out, value, true);
    out += '"';
  }
}

std::string written(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  std::array<char, 32> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

}  // namespace

Metrics::Metrics(Labels common) {
  append_labels(common_, common);
}

Metrics& Metrics::begin(std::string_view name, std::string_view help, std::string_view type) {
  name_ = name;
  text_ += "# HELP " + name_ + ' ';
  append_escaped(text_, help, false);
  ((text_ += "\n# TYPE " + name_ + ' ') += type) += '\n';
  return *this;
}

Metrics& Metrics::sample(double value, Labels labels) {
  return line(written(value), labels);
}

Metrics& Metrics::line(const std::string& value, Labels labels) {
  std::string all = common_;
  append_labels(all, labels);
  text_ += name_;
  if (!all.empty()) text_ += '{' + all + '}';
  text_ += ' ' + value + '\n';
  return *this;
}

}  // namespace net
