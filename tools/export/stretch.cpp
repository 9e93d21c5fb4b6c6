#include "tools/export/stretch.hpp"

#include <deque>

#include "core/group/names.hpp"
#include "sim/scenario/suggest.hpp"
#include "tools/export/mermaid.hpp"
#include "tools/flag_values.hpp"
#include "tools/trace/record_reader.hpp"

namespace tools {

Stretch stretch_around(const std::string& event, const Wanted& wanted, const std::string& trace, std::size_t messages) {
  RecordReader reader(trace);
  const Selection selection(wanted, reader.scenario());
  const auto id = core::event_named(reader.scenario().group, event);
  if (!id || id->number == 0) wrong_usage("--around: " + sim::quoted(event) + " is no event; one is called n1:7");
  const std::size_t before = messages / 4;
  std::deque<std::size_t> arrows;  // places of the last ones
  bool found = false;
  for (std::size_t place = 0; reader.next(); ++place) {
    const core::Record& record = reader.record();
    if (!selection.has(record)) continue;
    if (!found && record.id == *id) {
      found = true;
      if (arrows.empty()) arrows.push_back(place);
    }
    if (!is_arrow(record, selection)) continue;
    arrows.push_back(place);
    if (found && arrows.size() > messages) return {arrows.front(), arrows.back() - 1};
    if (!found && arrows.size() > before) arrows.pop_front();
  }
  if (!found) wrong_usage("--around: " + trace + " has no event " + event + " there");
  return {arrows.front(), SIZE_MAX};
}

}  // namespace tools
