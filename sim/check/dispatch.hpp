// The checkers of emergency dispatch: `no_double_dispatch`, `beds` and `workflow_order`. Each node is judged by its own
// records. When it starts or receives a state, what it knew before is no longer looked at: a crash that was open then
// may be at any step.
//
// `workflow_order`: a crash is reported, then gets an ambulance, then a hospital, then goes on one step at a time; its
// units stay the same until they are given back; it is completed once; and each step names the event that brought the
// one before among its causes.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/trace/record.hpp"
#include "sim/check/findings.hpp"
#include "sim/check/names.hpp"

namespace sim {

// REQUIRES: all that is given outlives it.
class DispatchChecker {
 public:
  DispatchChecker(const core::Config& group, Findings& findings)
      : findings_{&findings}, names_{group}, views_(group.size()) {}

  // The node holds a state up to `seq`, which it has not told of by records.
  void begin_anew(core::Member node, core::Seq seq) { views_[node] = {.whole = seq == 0}; }
  void on_deliver(const core::Record& record);
  void on(const core::Record& record);  // Kind::dispatch

  // For the expectation that all acknowledged crashes are completed.
  void on_submit(const core::Record& record);
  void on_ack(const core::Record& record);
  // Crashes whose report was acknowledged up to `latest`, and of these the ones that no node has seen completed.
  struct Account {
    std::size_t acknowledged = 0;
    std::vector<std::string> open{};
  };
  [[nodiscard]] Account account(core::Instant latest) const;

 private:
  struct CrashView {
    core::Step step{};
    std::string ambulance{}, hospital{};
    core::EventId cause{};
  };
  struct View {
    bool whole = true;  // it has told of everything
    std::map<std::string, CrashView> crashes{};
    std::set<std::string> completed{};
    std::map<std::string, std::string> busy{};  // ambulances, and with which crash
    core::EventId event{};                      // delivered last
    std::vector<core::EventId> causes{};        // of that
  };

  void check_ambulance(View& view, const core::Record& record);
  void check_beds(const core::Record& record);
  void check_order(View& view, const core::Record& record);
  void enter(View& view, const core::DispatchFact& fact) const;
  void out_of_order(const core::Record& record, const std::string& why);

  Findings* findings_;
  Names names_;
  std::vector<View> views_;                            // by member
  std::map<core::EventId, std::string> reports_;       // submitted: of which crash
  std::map<std::string, core::Instant> acknowledged_;  // crashes, and since when
  std::set<std::string> completed_;                    // by anybody
};

}  // namespace sim
