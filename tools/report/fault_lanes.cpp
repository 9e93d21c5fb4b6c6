#include "tools/report/fault_lanes.hpp"

#include <algorithm>

#include "tools/report/happenings.hpp"
#include "tools/report/links.hpp"

namespace tools {
namespace {

constexpr std::size_t kMaxLanes = 4, kMaxOutside = 32;  // columns of a label that stands beside its bar

struct Shapes {
  std::string_view moment, begin, middle, end;
};
constexpr Shapes kUtf8{"▼", "├", "─", "┤"}, kAscii{"v", "[", "-", "]"};

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string bare(std::size_t columns, bool open_end, const Shapes& shapes) {
  if (columns == 1) return std::string(shapes.moment);
  return std::string(shapes.begin) + repeated(shapes.middle, columns - 2) +
         std::string(open_end ? shapes.middle : shapes.end);
}

// "├── cut ──┤". REQUIRES: there are four columns more than the label takes.
std::string labelled(std::size_t columns, bool open_end, const std::string& label, const Shapes& shapes) {
  const std::size_t rest = columns - columns_of(label) - 4;
  return std::string(shapes.begin) + repeated(shapes.middle, rest / 2) + " " + label + " " +
         repeated(shapes.middle, rest - rest / 2) + std::string(open_end ? shapes.middle : shapes.end);
}

bool put_where_blank(std::vector<Strip>& lanes, const Piece& piece, std::size_t columns) {
  const std::size_t end = piece.column + columns_of(piece.text);
  if (end > columns) return false;
  for (std::size_t i = 0; i < kMaxLanes; ++i) {
    if (i == lanes.size()) lanes.emplace_back(columns);
    if (!lanes[i].blank(piece.column - std::min<std::size_t>(piece.column, 1), end + 1)) continue;
    lanes[i].put(piece.column, piece.text, Ink::yellow);
    return true;
  }
  return false;
}

}  // namespace

core::Duration TimeScale::slice() const {
  return {(end.ns - 1) / static_cast<std::int64_t>(columns) + 1};
}

std::size_t TimeScale::column(core::Instant at) const {
  return std::min(static_cast<std::size_t>(std::max<std::int64_t>(at.ns, 0) / slice().ns), columns - 1);
}

std::size_t TimeScale::last_column(core::Instant from, core::Instant to) const {
  return to > from ? column({to.ns - 1}) : column(from);
}

void FaultLanes::on(const core::Record& record) {
  const core::Details& more = *record.more;
  if (record.kind == core::Kind::heal) {
    const auto same = [&](const Bar& bar) { return !bar.to && bar.number == record.number && bar.nodes == more.nodes; };
    const auto found = std::find_if(bars_.rbegin(), bars_.rend(), same);
    if (found != bars_.rend()) found->to = record.at;
    return;
  }
  std::string label = fault_in_words(record, scenario_);
  const std::string name = more.text + (more.nodes.empty() ? "" : " " + members_in_words(more.nodes, scenario_.group));
  if (label.empty()) label = name;
  bars_.push_back({record.at, {}, record.number, more.nodes, label, more.text, is_moment(more.text)});
}

// The bar with its label inside where there is room, else behind it, before it, or nowhere; the best first.
std::vector<Piece> FaultLanes::pieces(const Bar& bar, const TimeScale& scale, const Style& style) const {
  const Shapes& shapes = style.ascii ? kAscii : kUtf8;
  const bool open_end = !bar.to && !bar.moment;
  const std::size_t first = scale.column(bar.from);
  const std::size_t last = bar.to ? scale.last_column(bar.from, *bar.to) : bar.moment ? first : scale.columns - 1;
  const std::size_t columns = last - first + 1;
  const std::string plain = bare(columns, open_end, shapes);
  std::vector<Piece> out;
  for (const std::string& label : {bar.label, bar.name}) {
    if (style.ascii && !is_ascii(label)) continue;
    const std::size_t wanted = columns_of(label);
    if (wanted + 4 <= columns) out.push_back({first, labelled(columns, open_end, label, shapes)});
    if (wanted > kMaxOutside) continue;
    out.push_back({first, plain + " " + label});
    if (wanted < first) out.push_back({first - wanted - 1, label + " " + plain});
  }
  out.push_back({first, plain});
  return out;
}

FaultLanes::Drawing FaultLanes::draw(const TimeScale& scale, const Style& style) const {
  Drawing out;
  for (const Bar& bar : bars_) {
    const std::vector<Piece> choice = pieces(bar, scale, style);
    const auto fits = [&](const Piece& piece) { return put_where_blank(out.lanes, piece, scale.columns); };
    if (std::none_of(choice.begin(), choice.end(), fits)) ++out.left_out;
  }
  std::erase_if(out.lanes, [](const Strip& lane) { return lane.blank(); });
  return out;
}

}  // namespace tools
