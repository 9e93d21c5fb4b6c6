#include "tools/trace/trace_diff.hpp"

#include <algorithm>
#include <array>

namespace tools {
namespace {

constexpr std::size_t kBefore = 4, kAfter = 3;

// The order of the fields of an object means nothing.
bool same_value(const Json& a, const Json& b) {
  return nlohmann::json(a) == nlohmann::json(b);
}

// In the order of `a`, then what only `b` has.
template <class Object>
std::vector<std::string> names_that_differ(const Object& a, const Object& b) {
  std::vector<std::string> out;
  for (const auto& [name, value] : a.items())
    if (!b.contains(name) || !same_value(value, b[name])) out.push_back(name);
  for (const auto& [name, value] : b.items())
    if (!a.contains(name)) out.push_back(name);
  return out;
}

bool is_same_record(const TraceReader& a, const TraceReader& b) {
  if (a.text() == b.text()) return true;
  const std::optional<Json> one = a.record(), other = b.record();
  return one && other && differing_fields(*one, *other).empty();
}

std::vector<HeaderField> compare_headers(const TraceReader& a, const TraceReader& b) {
  if (a.text() == b.text()) return {};
  const nlohmann::json one = nlohmann::json(a.header()).flatten(), other = nlohmann::json(b.header()).flatten();
  std::vector<HeaderField> out;
  for (const std::string& name : names_that_differ(one, other)) {
    std::string path = name.substr(1);
    std::replace(path.begin(), path.end(), '/', '.');
    out.push_back({path, one.value(name, nlohmann::json()), other.value(name, nlohmann::json())});
  }
  return out;
}

// The last few lines that both traces share, as text: most are never looked into.
class Recent {
 public:
  void add(const std::string& text) { lines_[count_++ % kBefore] = text; }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::vector<Json> records(const TraceReader& trace) const {
    std::vector<Json> out;
    for (std::size_t i = count_ - std::min(count_, kBefore); i < count_; ++i)
      if (auto record = trace.record_in(lines_[i % kBefore], i + kFirstLine)) out.push_back(std::move(*record));
    return out;
  }

 private:
  static constexpr std::size_t kFirstLine = 2;  // the header is line 1

  std::array<std::string, kBefore> lines_;
  std::size_t count_ = 0;
};

// From the line that `trace` stands at, or from the end of the file.
Parting parting(TraceReader& trace, bool has_line) {
  Parting out;
  if (!has_line) return out;
  out.record = trace.record();
  out.torn = !out.record;
  while (out.after.size() < kAfter && trace.next()) {
    std::optional<Json> record = trace.record();
    if (!record) break;
    out.after.push_back(std::move(*record));
  }
  return out;
}

}  // namespace

std::vector<std::string> differing_fields(const Json& a, const Json& b) {
  std::vector<std::string> out = names_that_differ(a, b);
  std::erase(out, "phi_milli");
  return out;
}

TraceDiff compare(TraceReader& a, TraceReader& b) {
  TraceDiff out;
  out.header = compare_headers(a, b);
  Recent same;
  bool in_a = a.next(), in_b = b.next();
  for (; in_a && in_b && is_same_record(a, b); in_a = a.next(), in_b = b.next()) same.add(a.text());
  out.records = same.count();
  if (in_a || in_b) {
    out.line = (in_a ? a : b).line();
    out.before = same.records(a);
    out.a = parting(a, in_a);
    out.b = parting(b, in_b);
    return out;
  }
  const std::optional<Json> last = a.record();
  const bool whole = last && (*last)["kind"] == "end";
  if (whole) out.digest = last->value("digest", "");
  if (whole || !last) --out.records;
  return out;
}

}  // namespace tools
