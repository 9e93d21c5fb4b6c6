// One run as a short story: who led when, what was hurt, what was delivered, what broke.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/member_set.hpp"
#include "core/trace/record.hpp"
#include "sim/check/names.hpp"
#include "tools/report/style.hpp"
#include "tools/report/timeline.hpp"

namespace tools {

// Listens to a run and keeps what is worth telling.
class Story : public core::RecordSink {
 public:
  // REQUIRES: the scenario outlives it.
  explicit Story(const sim::Scenario& scenario);

  void on(const core::Record& record) override;

  // The whole story; `program` is for the command that repeats the run.
  [[nodiscard]] std::string tell(const Result& result, const Style& style, const std::string& program);

 private:
  struct Line {
    core::Instant at;
    std::string text;
  };
  // Nodes to which the same thing happens at the same instant.
  struct Crowd {
    core::Record first{};  // of their records, which carry no event and no details
    std::vector<core::Member> members;
  };

  void on_node(const core::Record& record);
  void on_role(const core::Record& record);
  void on_fault(const core::Record& record);
  void on_deliver(const core::Record& record);
  void on_refusal(const core::Record& record);
  void loses_leader(const core::Record& record, const std::string& how);
  void settle_crowd();
  void line(core::Instant at, std::string text);

  [[nodiscard]] std::string title(const Result& result, const Style& style) const;
  [[nodiscard]] std::string told_lines() const;
  [[nodiscard]] std::string figures(const sim::Outcome& outcome) const;
  [[nodiscard]] std::string verdict(const Result& result, const Style& style) const;

  const sim::Scenario& scenario_;
  sim::Names names_;
  Timeline timeline_;
  std::vector<Line> lines_;
  Crowd crowd_;
  std::vector<core::Epoch> leads_;  // by member; 0: it leads nothing
  std::set<std::string> violated_;  // told already
  core::Epoch newest_ = 0;          // highest epoch that was led
  core::MemberSet voters_;
  std::set<core::EventId> changes_;  // of the voters, told already
  std::set<core::Member> asking_;    // for what they have forgotten
  std::set<core::Link> refusals_;    // told already
  std::optional<Line> loss_;         // how the newest leader was lost, while nobody has followed it
};

}  // namespace tools
