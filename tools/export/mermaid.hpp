// A part of a run as a sequence diagram in Mermaid's words: an arrow for each message that arrived or was lost, and
// notes for roles, events, faults and violations. Heartbeats are counted, not drawn.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/export/export.hpp"
#include "tools/report/deeds.hpp"
#include "tools/trace/selection.hpp"

namespace tools {

// It would be drawn as an arrow between these nodes.
bool is_arrow(const core::Record& record, const Selection& selection);

class MermaidExport : public Export {
 public:
  // REQUIRES: scenario and selection outlive it.
  MermaidExport(const sim::Scenario& scenario, const Selection& selection, std::size_t most_messages, Output out);

  // Throws BadInput where there are more messages than may be.
  void on(const core::Record& record) override;
  void end(core::Instant at) override;

 private:
  void arrow(const core::Record& record);
  void note(const std::string& over, const std::string& text);
  void note_events();
  void note_hidden();
  void line(const std::string& text);
  [[nodiscard]] std::string name(core::Member member) const;
  [[nodiscard]] std::string all() const;

  const sim::Scenario& scenario_;
  const Selection& selection_;
  Deeds deeds_;
  std::size_t most_ = 0, arrows_ = 0;
  Output out_;
  bool plain_names_ = true;  // as they are, no name means something else there
  std::string text_;
  std::map<core::Member, std::vector<std::string>> events_;  // deeds that have no note yet
  std::uint64_t hidden_ = 0;                                 // heartbeats that have no note yet
};

}  // namespace tools
