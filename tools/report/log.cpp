#include "tools/report/log.hpp"

#include <algorithm>
#include <utility>

#include "tools/report/excerpt.hpp"
#include "tools/report/links.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Member;
using core::Record;

constexpr std::size_t kGap = 2;

std::string right_aligned(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

// "11.912": to the millisecond, cut off.
std::string in_short(core::Instant at) {
  const std::string text = sim::in_seconds(at);
  return text.substr(0, text.find(' '));
}

bool is_message(Kind kind) {
  return kind == Kind::send || kind == Kind::recv || kind == Kind::drop;
}

bool of_the_run(const Record& record) {
  return record.kind == Kind::fault || record.kind == Kind::heal || record.kind == Kind::violation;
}

Ink ink_of(Kind kind) {
  switch (kind) {
    case Kind::send:
    case Kind::recv:
    case Kind::commit:
      return Ink::faint;
    case Kind::drop:
    case Kind::crash:
    case Kind::pause:
    case Kind::refused:
    case Kind::reject:
    case Kind::fault:
    case Kind::heal:
    case Kind::violation:
      return Ink::red;
    case Kind::suspect:
    case Kind::trust:
    case Kind::role:
    case Kind::leader:
      return Ink::yellow;
    case Kind::submit:
    case Kind::order:
    case Kind::deliver:
    case Kind::ack:
    case Kind::snapshot:
      return Ink::green;
    default:
      return Ink::plain;
  }
}

// As many bytes of `text` as make `columns` characters.
std::size_t bytes_of(const std::string& text, std::size_t columns) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if ((text[at] & 0xC0) != 0x80 && columns-- == 0) return at;
  return at;
}

}  // namespace

std::vector<std::string> wrapped(const std::string& text, std::size_t columns) {
  std::vector<std::string> out;
  std::string rest = text;
  while (columns_of(rest) > columns) {
    const std::size_t most = bytes_of(rest, columns);
    const std::size_t blank = rest.rfind(' ', most);
    const bool at_blank = blank != std::string::npos && blank > 0;
    out.push_back(rest.substr(0, at_blank ? blank : most));
    rest.erase(0, at_blank ? blank + 1 : most);
  }
  out.push_back(rest);
  return out;
}

Log::Log(const sim::Scenario& scenario, const std::vector<Member>& members, LogLook look)
    : scenario_(scenario), look_(std::move(look)), deeds_(scenario), shown_(members) {
  time_width_ = in_short(core::Instant{} + scenario.duration).size();
  for (const Member member : members) name_width_ = std::max(name_width_, columns_of(deeds_.name(member)));
  if (!look_.columns) return;
  const std::size_t room = look_.width - time_width_;
  const std::size_t most = std::max<std::size_t>(1, room / (kLeastColumn + kGap));
  if (shown_.size() > most) {
    left_out_.assign(shown_.begin() + static_cast<std::ptrdiff_t>(most), shown_.end());
    shown_.resize(most);
  }
  column_ = room / std::max<std::size_t>(1, shown_.size()) - kGap;
}

std::string Log::head() const {
  if (!look_.columns) return "";
  std::string out(time_width_ + kGap, ' ');
  for (const Member member : shown_) out += padded(cut(deeds_.name(member), column_), column_ + kGap);
  out.erase(out.find_last_not_of(' ') + 1);
  return look_.style.bold(out) + "\n";
}

bool Log::hides(const Record& record) {
  if (!look_.kinds.empty() && !look_.kinds.contains(record.kind)) return true;
  if (look_.heartbeats || !is_message(record.kind) || record.type != core::MessageType::heartbeat) return false;
  ++heartbeats_;
  return true;
}

std::string Log::lines(const Record& record) {
  if (hides(record)) return "";
  if (look_.columns) return of_the_run(record) ? across(record) : in_column(record);
  const std::string name = of_the_run(record) ? "" : deeds_.name(record.node);
  return time(record.at) + "  " + padded(name, name_width_ + kGap) +
         painted(deeds_.of(record), ink_of(record.kind), look_.style) + "\n";
}

// Blank if it is that of the line before.
std::string Log::time(core::Instant at) {
  std::string text = right_aligned(in_short(at), time_width_);
  if (text == last_time_) return std::string(text.size(), ' ');
  last_time_ = text;
  return text;
}

std::string Log::in_column(const Record& record) {
  const auto found = std::find(shown_.begin(), shown_.end(), record.node);
  if (found == shown_.end()) return "";
  const auto place = static_cast<std::size_t>(found - shown_.begin());
  const std::string before(place * (column_ + kGap) + kGap, ' ');
  std::string out, left = time(record.at);
  for (const std::string& piece : wrapped(deeds_.of(record), column_)) {
    out += left + before + painted(piece, ink_of(record.kind), look_.style) + "\n";
    left.assign(left.size(), ' ');
  }
  return out;
}

std::string Log::across(const Record& record) {
  const std::string_view line = look_.style.ascii ? "=" : "═";
  const std::size_t room = look_.width - time_width_ - kGap;
  std::string text = std::string(line) + std::string(line) + " " + cut(deeds_.of(record), room - 2 * kGap - 2) + " ";
  for (std::size_t columns = columns_of(text); columns < room; ++columns) text += line;
  return time(record.at) + std::string(kGap, ' ') + painted(text, ink_of(record.kind), look_.style) + "\n";
}

std::string Log::notes() const {
  std::string out;
  if (heartbeats_ > 0) out += sim::counted(heartbeats_, "record") + " of heartbeats not shown: --heartbeats\n";
  if (!left_out_.empty())
    out += "no room for " + members_in_words(left_out_, scenario_.group) + ": --nodes chooses, --width widens\n";
  return out.empty() ? "" : look_.style.faint(out.substr(0, out.size() - 1)) + "\n";
}

}  // namespace tools
