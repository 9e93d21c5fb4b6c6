#include "tools/report/diff_report.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "tools/report/excerpt.hpp"
#include "tools/report/record_words.hpp"

namespace tools {
namespace {

// The line number, the name of a field or a time, then what is told: in one column, or in one each for A and B.
constexpr std::size_t kNumber = 10, kLeft = 18, kTime = 15, kGap = 2;
constexpr std::size_t kMaxHeaderFields = 6, kMaxHeaderValue = 30;

std::string right(const std::string& text, std::size_t columns) {
  return std::string(columns - std::min(columns, text.size()), ' ') + text;
}

std::string time_of(const Json& record) {
  return value_in_words("at", record["at"]);
}

class Page {
 public:
  Page(const Style& style, std::size_t columns)
      : style_(style), columns_(columns), cell_((columns - kLeft - kGap) / 2) {}

  void before(const TraceDiff& diff);
  void parting(const TraceDiff& diff);
  void after(const TraceDiff& diff);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void pair(const std::string& left, const std::string& a, const std::string& b, bool differs);
  void field(const std::string& name, const Parting& a, const Parting& b, bool differs);

  const Style& style_;
  std::size_t columns_, cell_;
  std::string text_;
};

void Page::before(const TraceDiff& diff) {
  std::size_t line = diff.line - diff.before.size();
  for (const Json& record : diff.before) {
    const std::string others = other_fields(record);
    const std::string told = right(std::to_string(line++), kNumber) + right(time_of(record), kTime + kGap) + "  " +
                             in_words(record) + (others.empty() ? "" : " · ") + others;
    text_ += style_.faint(cut(told, columns_)) + "\n";
  }
}

// One line with a column for each trace.
void Page::pair(const std::string& left, const std::string& a, const std::string& b, bool differs) {
  std::string line = padded(left, kLeft) + padded(a, cell_ + kGap) + b;
  line.erase(line.find_last_not_of(' ') + 1);
  text_ += (differs ? style_.red(line) : line) + "\n";
}

void Page::field(const std::string& name, const Parting& a, const Parting& b, bool differs) {
  const auto value = [&](const Parting& side) {
    return side.record && side.record->contains(name) ? value_in_words(name, (*side.record)[name]) : "";
  };
  const auto [one, other] = excerpts(value(a), value(b), cell_);
  pair((differs ? "  ≠ " : "    ") + name, one, other, differs);
}

void Page::parting(const TraceDiff& diff) {
  const auto title = [](const std::string& name, const Parting& side) {
    if (side.record) return name;
    return name + (side.torn ? " breaks off in this line" : " has ended before");
  };
  pair(right(std::to_string(diff.line), kNumber), title("A", diff.a), title("B", diff.b), false);
  const Json none = Json::object();
  const Json &a = diff.a.record ? *diff.a.record : none, &b = diff.b.record ? *diff.b.record : none;
  const std::vector<std::string> differing = differing_fields(a, b);
  const bool both = diff.a.record && diff.b.record;
  const auto differs = [&](const std::string& name) {
    return both && std::find(differing.begin(), differing.end(), name) != differing.end();
  };
  for (const auto& [name, value] : a.items()) field(name, diff.a, diff.b, differs(name));
  for (const auto& [name, value] : b.items())
    if (!a.contains(name)) field(name, diff.a, diff.b, differs(name));
}

void Page::after(const TraceDiff& diff) {
  const auto told = [&](const std::vector<Json>& records, std::size_t i) {
    return i < records.size() ? cut(time_of(records[i]) + " " + in_words(records[i]), cell_) : "";
  };
  const std::size_t lines = std::max(diff.a.after.size(), diff.b.after.size());
  for (std::size_t i = 0; i < lines; ++i)
    pair(right(std::to_string(diff.line + 1 + i), kNumber), told(diff.a.after, i), told(diff.b.after, i), false);
}

// One line: "  seed: 1 in A, 2 in B".
std::string header_field_in_words(const HeaderField& field) {
  const auto [a, b] = excerpts(field.a.dump(), field.b.dump(), kMaxHeaderValue);
  return "  " + field.path + ": " + a + " in A, " + b + " in B\n";
}

std::string headers_in_words(const TraceDiff& diff) {
  if (diff.header.empty()) return "";
  std::string out = "The headers differ:\n";
  const std::size_t shown = std::min(diff.header.size(), kMaxHeaderFields);
  for (std::size_t i = 0; i < shown; ++i) out += header_field_in_words(diff.header[i]);
  if (diff.header.size() > shown) out += "  and " + std::to_string(diff.header.size() - shown) + " more fields\n";
  return out;
}

std::string equal_in_words(const TraceDiff& diff, const Style& style) {
  const std::string records = std::to_string(diff.records) + (diff.records == 1 ? " record" : " records");
  if (diff.digest.empty())
    return style.mark(true) + " equal as far as they go: " + records + ", then both break off without an end\n";
  return style.mark(true) + " equal: " + records + ", digest " + diff.digest + "\n";
}

}  // namespace

std::string tell_diff(const TraceDiff& diff, const std::string& a, const std::string& b, const Style& style,
                      std::size_t columns) {
  const std::string head = "A  " + a + "\nB  " + b + "\n" + headers_in_words(diff) + "\n";
  if (diff.equal()) return head + equal_in_words(diff, style);
  Page page(style, columns);
  page.before(diff);
  page.parting(diff);
  page.after(diff);
  return head + page.text() + "\n" + style.mark(false) + " " + style.bold(difference_in_words(diff)) + "\n";
}

Json diff_json(const TraceDiff& diff) {
  const bool both = diff.a.record && diff.b.record;
  Json out{{"equal", diff.equal()}, {"records", diff.records}};
  out["digest"] = diff.digest.empty() ? Json() : Json(diff.digest);
  out["header"] = Json::array();
  for (const HeaderField& field : diff.header)
    out["header"].push_back(Json{{"field", field.path}, {"a", field.a}, {"b", field.b}});
  out["line"] = diff.equal() ? Json() : Json(diff.line);
  out["differs"] = both ? Json(differing_fields(*diff.a.record, *diff.b.record)) : Json::array();
  out["a"] = diff.a.record.value_or(Json());
  out["b"] = diff.b.record.value_or(Json());
  out["says"] = diff.equal() ? Json() : Json(difference_in_words(diff));
  return out;
}

std::size_t columns_of_stdout() {
  constexpr std::size_t kLeast = 80, kUsual = 100, kMost = 120;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return std::clamp<std::size_t>(size.ws_col, kLeast, kMost);
}

}  // namespace tools
