// A trace as lines for people: one for each record, or one column for each node.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/trace/record.hpp"
#include "tools/report/deeds.hpp"
#include "tools/report/strip.hpp"

namespace tools {

struct LogLook {
  bool columns = false;  // one for each node
  std::size_t width = 80;
  bool heartbeats = false;       // they are shown
  std::set<core::Kind> kinds{};  // only these; empty: all
  Style style{};
};

class Log {
 public:
  // `members`: whose records come, ascending. REQUIRES: the scenario outlives it.
  Log(const sim::Scenario& scenario, const std::vector<core::Member>& members, LogLook look);

  // The names of the columns.
  [[nodiscard]] std::string head() const;
  // "" if it is not shown.
  std::string lines(const core::Record& record);
  // What was not shown, and how it would be.
  [[nodiscard]] std::string notes() const;

  static constexpr std::size_t kLeastColumn = 12, kLeastWidth = 40, kMostWidth = 1000;

 private:
  [[nodiscard]] std::string time(core::Instant at);
  [[nodiscard]] std::string in_column(const core::Record& record);
  [[nodiscard]] std::string across(const core::Record& record);
  [[nodiscard]] bool hides(const core::Record& record);

  const sim::Scenario& scenario_;
  LogLook look_;
  Deeds deeds_;
  std::vector<core::Member> shown_, left_out_;  // the nodes with a column; those for which there is no room
  std::size_t time_width_ = 0, column_ = 0, name_width_ = 0;
  std::string last_time_;
  std::uint64_t heartbeats_ = 0;  // not shown
};

// Cut into pieces of at most `columns` columns, at blanks where there are some.
std::vector<std::string> wrapped(const std::string& text, std::size_t columns);

}  // namespace tools
