#include "tools/trace/trace_reader.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "tools/exit_code.hpp"
#include "tools/trace/jsonl_trace.hpp"

namespace tools {
namespace {

constexpr int kMaxDepth = 64;  // brackets in brackets: a trace has few, and what walks over them calls itself

// What `text` says, or a discarded value if it is not JSON.
Json parse(const std::string& text) {
  bool deep = false;
  const auto shallow = [&](int depth, Json::parse_event_t, const Json&) {
    deep = deep || depth > kMaxDepth;
    return !deep;
  };
  Json value = Json::parse(text, shallow, false);
  return deep ? Json(Json::value_t::discarded) : value;
}

bool has_text(const Json& object, const char* field) {
  return object.contains(field) && object[field].is_string();
}

std::string no_trace(int first_byte) {
  if (first_byte == std::ifstream::traits_type::eof()) return "is empty";
  if (first_byte == 0x1F) return "is no trace; it looks compressed, so unpack it first";
  return "is no trace: the first line must be its header";
}

}  // namespace

TraceReader::TraceReader(const std::string& path) : path_(path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) throw BadInput(path + ": is a folder, not a trace");
  in_.open(path, std::ios::binary);
  if (!in_) throw BadInput(path + ": cannot be read: " + std::strerror(errno));
  if (const int first = in_.peek(); first != '{') wrong(1, no_trace(first));
  next();
  header_ = checked_header();
}

Json TraceReader::checked_header() const {
  const std::optional<Json> header = record();
  if (!header) wrong(1, "the file breaks off in its header");
  if ((*header)["kind"] != "header" || !has_text(*header, "format") || (*header)["format"] != "bellwether-trace")
    wrong(1, "is no trace: the first line must be its header");
  const Json version = header->value("version", Json());
  if (version != kTraceVersion)
    wrong(1, "a trace of version " + version.dump() + "; this program reads version " + std::to_string(kTraceVersion));
  return *header;
}

bool TraceReader::next() {
  if (!std::getline(in_, next_)) {
    if (in_.bad()) wrong(line_, std::string("cannot be read on after this line: ") + std::strerror(errno));
    return false;
  }
  text_.swap(next_);
  ++line_;
  if (!text_.starts_with('{')) wrong(line_, "no record: each line is one JSON object");
  return true;
}

std::optional<Json> TraceReader::record_in(const std::string& text, std::size_t line) const {
  Json value = parse(text);
  if (value.is_discarded()) {
    if (line == line_ && in_.eof()) return std::nullopt;
    wrong(line, "no record: each line is one JSON object");
  }
  if (!has_text(value, "kind")) wrong(line, "no record: it has no `kind`");
  const bool timed = value.contains("at") && value["at"].is_number_integer() && value["at"] >= 0;
  if (!timed && value["kind"] != "header") wrong(line, "no record: it has no `at`, a whole number of nanoseconds");
  return value;
}

void TraceReader::wrong(std::size_t line, const std::string& what) const {
  throw BadInput(path_ + ":" + std::to_string(line) + ": " + what);
}

}  // namespace tools
