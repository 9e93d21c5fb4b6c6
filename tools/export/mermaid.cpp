#include "tools/export/mermaid.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "tools/exit_code.hpp"
#include "tools/report/happenings.hpp"

namespace tools {
namespace {

using core::Kind;
using core::Member;
using core::Record;

constexpr std::size_t kMostDeeds = 4;      // of a node in one note
constexpr std::uint64_t kManyHidden = 10;  // heartbeats that are worth a note

// `;` ends a line there, and `#` begins a character's code.
std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '#')
      out += "no. ";
    else
      out += c == ';' ? ',' : static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

// A word of the language, or what could be taken for a part of an arrow.
bool has_a_meaning(const std::string& name) {
  const auto plain_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower == "end" || !std::all_of(name.begin(), name.end(), plain_letter);
}

}  // namespace

bool is_arrow(const Record& record, const Selection& selection) {
  const bool drawn = record.kind == Kind::recv || record.kind == Kind::drop;
  return drawn && record.type != core::MessageType::heartbeat && selection.has(record.peer) &&
         selection.has(record.node);
}

MermaidExport::MermaidExport(const sim::Scenario& scenario, const Selection& selection, std::size_t most_messages,
                             Output out)
    : scenario_(scenario), selection_(selection), deeds_(scenario), most_(most_messages), out_(std::move(out)) {
  const std::vector<Member> members = selection.members();
  plain_names_ =
      std::none_of(members.begin(), members.end(), [&](Member member) { return has_a_meaning(deeds_.name(member)); });
  text_ = "sequenceDiagram\n";
  for (const Member member : members)
    line("participant " + name(member) + (plain_names_ ? "" : " as " + deeds_.name(member)));
}

void MermaidExport::on(const Record& record) {
  const bool message = record.kind == Kind::recv || record.kind == Kind::drop;
  if (message && record.type == core::MessageType::heartbeat && selection_.has(record.peer)) ++hidden_;
  if (is_arrow(record, selection_)) return arrow(record);
  switch (record.kind) {
    case Kind::submit:
    case Kind::deliver:
    case Kind::ack:
    case Kind::reject:
      events_[record.node].push_back(deeds_.of(record));
      return;
    case Kind::role:
    case Kind::restart:
    case Kind::crash:
    case Kind::pause:
    case Kind::resume:
    case Kind::leave:
    case Kind::snapshot:
      note_events();
      return note(name(record.node), sim::in_seconds(record.at) + " " + deeds_.of(record));
    case Kind::fault:
    case Kind::heal:
      if (fault_in_words(record, scenario_).empty()) return;  // its nodes tell it
      [[fallthrough]];
    case Kind::violation:
      note_events();
      return note(all(), sim::in_seconds(record.at) + " " + deeds_.of(record));
    default:
      return;
  }
}

void MermaidExport::arrow(const Record& record) {
  if (++arrows_ > most_)
    throw BadInput(scenario_.file + ": has more than " + std::to_string(most_) +
                   " messages there, too many for a diagram; choose some with --from and --to, with --nodes or with "
                   "--around EVENT, or allow more with --messages");
  note_events();
  if (hidden_ >= kManyHidden) note_hidden();
  const bool lost = record.kind == Kind::drop;
  line(name(record.peer) + (lost ? "-x" : "->>") + name(record.node) + ": " + std::string(core::name_of(record.type)) +
       (lost ? plain(" (" + record.more->text + ")") : ""));
}

void MermaidExport::note(const std::string& over, const std::string& text) {
  line("Note over " + over + ": " + plain(text));
}

// "n1,n5": the first and the last.
std::string MermaidExport::all() const {
  const std::vector<Member> members = selection_.members();
  return name(members.front()) + (members.size() > 1 ? "," + name(members.back()) : "");
}

void MermaidExport::note_events() {
  for (const auto& [member, deeds] : events_) {
    std::string text;
    for (std::size_t i = 0; i < std::min(deeds.size(), kMostDeeds); ++i) text += (i > 0 ? ", " : "") + deeds[i];
    if (deeds.size() > kMostDeeds) text += " … " + std::to_string(deeds.size() - kMostDeeds) + " more";
    note(name(member), text);
  }
  events_.clear();
}

void MermaidExport::note_hidden() {
  note(all(), "… " + sim::counted(std::exchange(hidden_, 0), "heartbeat") + " hidden");
}

void MermaidExport::line(const std::string& text) {
  text_ += "  " + text + "\n";
}

std::string MermaidExport::name(Member member) const {
  return plain_names_ ? deeds_.name(member) : "p" + std::to_string(member + 1);
}

void MermaidExport::end(core::Instant) {
  note_events();
  if (hidden_ > 0) note_hidden();
  out_(text_);
}

}  // namespace tools
