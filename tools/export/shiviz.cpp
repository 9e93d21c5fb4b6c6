#include "tools/export/shiviz.hpp"

#include <algorithm>
#include <utility>

#include "tools/report/record_words.hpp"
#include "tools/trace/json_line.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Record;

constexpr std::size_t kBufferBytes = 1 << 16;
constexpr std::string_view kHeader =
    R"re((?<time>\S+) (?<kind>\S+) (?<msg>\S+) (?<event>.*)\n(?<host>\S+) (?<clock>\{.*\}))re"
    "\n\n";

// Its own line would end in the middle of it.
std::string in_one_line(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

bool of_a_host(const Record& record) {
  const bool of_the_run = record.kind == Kind::fault || record.kind == Kind::heal || record.kind == Kind::violation;
  return !of_the_run && record.kind != Kind::drop && record.node != core::kNobody;
}

}  // namespace

ShivizExport::ShivizExport(const sim::Scenario& scenario, Output out)
    : deeds_(scenario), out_(std::move(out)), buffer_(kHeader) {}

void ShivizExport::on(const Record& record) {
  if (!of_a_host(record)) return;
  Clock& clock = clocks_[record.node];
  ++clock[record.node];
  const bool message = record.kind == Kind::send || record.kind == Kind::recv;
  if (record.kind == Kind::send) sent_[record.number] = clock;
  if (const auto sent = sent_.find(record.number); record.kind == Kind::recv && sent != sent_.end())
    for (const auto& [member, count] : sent->second) clock[member] = std::max(clock[member], count);
  buffer_ += value_in_words("at", record.at.ns) + " " + std::string(core::name_of(record.kind)) + " " +
             (message ? std::to_string(record.number) : "-") + " " + in_one_line(deeds_.of(record)) + "\n";
  buffer_ += deeds_.name(record.node) + " ";
  JsonLine line(buffer_);
  for (const auto& [member, count] : clock) line.number(deeds_.name(member), count);
  line.end();
  if (buffer_.size() < kBufferBytes) return;
  out_(buffer_);
  buffer_.clear();
}

void ShivizExport::end(core::Instant) {
  out_(buffer_);
  buffer_.clear();
}

}  // namespace tools
