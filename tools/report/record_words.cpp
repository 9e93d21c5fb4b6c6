#include "tools/report/record_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "tools/report/excerpt.hpp"

namespace tools {
namespace {

constexpr std::size_t kMaxValue = 60;  // of one field in a sentence

constexpr std::string_view kNone;

// "<subject> <verb> <value of object> <link> <value of second>"
struct Wording {
  std::string_view kind, verb, object = kNone, link = kNone, second = kNone;
};

constexpr std::array kWordings{
    Wording{"start", "starts"},
    Wording{"restart", "restarts"},
    Wording{"crash", "crashes"},
    Wording{"pause", "is paused"},
    Wording{"resume", "resumes"},
    Wording{"leave", "leaves"},
    Wording{"send", "sends", "type", "to", "to"},
    Wording{"recv", "receives", "type", "from", "from"},
    Wording{"drop", "loses", "type", "from", "from"},
    Wording{"suspect", "suspects", "peer"},
    Wording{"trust", "trusts", "peer"},
    Wording{"refused", "refuses", "peer"},
    Wording{"role", "becomes", "role"},
    Wording{"leader", "follows", "leader"},
    Wording{"submit", "submits", "event"},
    Wording{"order", "orders", "event"},
    Wording{"commit", "commits up to", "seq"},
    Wording{"deliver", "delivers", "event"},
    Wording{"snapshot", "receives a snapshot up to", "seq"},
    Wording{"ack", "is told the place of", "event"},
    Wording{"reject", "is told of the rejection of", "event"},
    Wording{"light", "shows", "colour", "to", "approach"},
    Wording{"dispatch", "notes", "step", "of crash", "crash"},
    Wording{"fault", "begins:", "name"},
    Wording{"heal", "ends:", "name"},
    Wording{"violation", "violates", "invariant"},
    Wording{"end", "ends with", "verdict"},
};

std::string kind_of(const Json& record) {
  return record["kind"].get<std::string>();
}

Wording wording(const Json& record) {
  const std::string kind = kind_of(record);
  const auto* found =
      std::find_if(kWordings.begin(), kWordings.end(), [&](const Wording& w) { return w.kind == kind; });
  return found == kWordings.end() ? Wording{"", "does", "kind"} : *found;
}

std::string value_of(const Json& record, std::string_view field) {
  const std::string name(field);
  return record.contains(name) ? value_in_words(name, record[name]) : "nothing";
}

// The field that says whose record it is; "": the run's.
std::string subject_field(const Json& record) {
  for (const char* field : {"node", "fault"})
    if (record.contains(field)) return field;
  return kind_of(record) == "drop" ? "to" : "";
}

std::string subject(const Json& record) {
  const std::string field = subject_field(record);
  if (field.empty()) return "the run";
  return (field == "fault" ? "fault " : "") + value_of(record, field);
}

// "n1:7", "heartbeat to n2"; "" for what has no object.
std::string object(const Json& record) {
  const Wording words = wording(record);
  if (words.object.empty()) return "";
  std::string out = value_of(record, words.object);
  if (!words.second.empty()) out += " " + std::string(words.link) + " " + value_of(record, words.second);
  return out;
}

std::string seconds(std::int64_t ns) {
  constexpr std::int64_t kPerSecond = 1'000'000'000;
  const std::string fraction = std::to_string(kPerSecond + ns % kPerSecond).substr(1);
  return std::to_string(ns / kPerSecond) + "." + fraction;
}

// JSON's own escapes keep control characters off the terminal.
std::string plain(const Json& value) {
  const std::string text = value.dump();
  return value.is_string() ? text.substr(1, text.size() - 2) : text;
}

// " at 1.5 s" where the time is part of the difference.
std::string when(const Json& record, bool told) {
  return told ? " at " + value_of(record, "at") + " s" : "";
}

// "seq 4 in A, 5 in B"
std::string field_in_words(const Json& a, const Json& b, const std::string& field) {
  const bool time = field == "at";
  const std::string before = time ? "at " : "", after = time ? " s" : "";
  const auto [one, other] = excerpts(value_of(a, field), value_of(b, field), kMaxValue);
  return (time ? "" : field + " ") + before + one + after + " in A, " + before + other + after + " in B";
}

std::string fields_in_words(const Json& a, const Json& b, const std::vector<std::string>& fields) {
  std::string out;
  for (const std::string& field : fields) {
    if (!out.empty()) out += "; ";
    out += field_in_words(a, b, field);
  }
  return out;
}

std::string records_in_words(const Json& a, const Json& b) {
  const std::vector<std::string> fields = differing_fields(a, b);
  if (in_words(a) == in_words(b)) return in_words(a) + ": " + fields_in_words(a, b, fields);
  const bool other_time = a["at"] != b["at"];
  const bool same_deed = kind_of(a) == kind_of(b) && subject(a) == subject(b);
  return in_words(a) + when(a, other_time) + " in A, " + (same_deed ? object(b) : in_words(b)) + when(b, other_time) +
         " in B";
}

std::string side_in_words(const char* name, const Parting& side) {
  if (side.record) return std::string(name) + " goes on: " + in_words(*side.record);
  return std::string(name) + (side.torn ? " breaks off in the middle of it" : " has ended before it");
}

}  // namespace

std::string in_words(const Json& record) {
  const std::string what = object(record);
  return subject(record) + " " + std::string(wording(record).verb) + (what.empty() ? "" : " " + what);
}

std::string other_fields(const Json& record) {
  const Wording words = wording(record);
  const std::string owner = subject_field(record);
  const std::array<std::string_view, 5> told{"kind", "at", owner, words.object, words.second};
  std::string out;
  for (const auto& [name, value] : record.items())
    if (std::find(told.begin(), told.end(), name) == told.end())
      out += (out.empty() ? "" : " · ") + name + " " + value_in_words(name, value);
  return out;
}

std::string value_in_words(const std::string& field, const Json& value) {
  if (field == "at" && value.is_number_integer()) return seconds(value.get<std::int64_t>());
  if (field == "leader" && value.is_null()) return "nobody";
  if (!value.is_array()) return plain(value);
  if (value.empty()) return "none";
  std::string out;
  for (const Json& item : value) out += (out.empty() ? "" : " ") + plain(item);
  return out;
}

std::string difference_in_words(const TraceDiff& diff) {
  const std::string place = "line " + std::to_string(diff.line) + ": ";
  if (diff.a.record && diff.b.record) return place + records_in_words(*diff.a.record, *diff.b.record);
  return place + side_in_words("A", diff.a) + ", " + side_in_words("B", diff.b);
}

}  // namespace tools
