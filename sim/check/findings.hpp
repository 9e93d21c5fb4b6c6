// What the checkers found: how often each invariant had something to judge, and where it was violated.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/check/verdict.hpp"

namespace sim {

enum class Invariant : std::uint8_t {
  epoch_leader,
  prefix_agreement,
  no_gap,
  integrity,
  fifo,
  causal,
  durability,
  monotone,
  bully,
  liveness,
  no_double_dispatch,
  beds,
  workflow_order,
  no_conflicting_green,
  yellow_time,
  no_starvation,
};
constexpr std::size_t kInvariants = 16;

constexpr std::string_view name_of(Invariant invariant) {
  constexpr std::array<std::string_view, kInvariants> names{"epoch_leader",
                                                            "prefix_agreement",
                                                            "no_gap",
                                                            "integrity",
                                                            "fifo",
                                                            "causal",
                                                            "durability",
                                                            "monotone",
                                                            "bully",
                                                            "liveness",
                                                            "no_double_dispatch",
                                                            "beds",
                                                            "workflow_order",
                                                            "no_conflicting_green",
                                                            "yellow_time",
                                                            "no_starvation"};
  return names[static_cast<std::size_t>(invariant)];
}

// The first `kKept` violations of each invariant are kept in words; the others are only counted.
class Findings {
 public:
  static constexpr std::uint64_t kKept = 20;

  // Violations of invariants that `expect` neither asks for nor mentions are ignored.
  explicit Findings(const Expect& expect);

  void saw(Invariant invariant) { ++seen_[static_cast<std::size_t>(invariant)]; }

  // `describe()` makes the detail; it is called only if the detail is kept.
  void violated(Invariant invariant, core::Instant at, auto&& describe) {
    if (!judged_[static_cast<std::size_t>(invariant)]) return;
    if (count(name_of(invariant)) < kKept) {
      fresh_.push_back({std::string{name_of(invariant)}, at, describe()});
    }
    tally(name_of(invariant));
  }
  // A node found it in itself, and the trace has it already.
  void reported(std::string_view invariant, core::Instant at, std::string_view detail);

  // Moves what violated() kept since the last call to the end of `fresh`; returns how many.
  std::size_t hand_over(std::vector<Violation>& fresh);

  [[nodiscard]] std::uint64_t seen(std::string_view invariant) const;   // 0 for names of which there is no checker
  [[nodiscard]] std::uint64_t count(std::string_view invariant) const;  // of violations
  [[nodiscard]] std::uint64_t total() const { return total_; }
  [[nodiscard]] const std::vector<Violation>& kept() const { return kept_; }
  [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& counts() const { return counts_; }

 private:
  void tally(std::string_view invariant);

  std::array<bool, kInvariants> judged_{};
  std::array<std::uint64_t, kInvariants> seen_{};
  std::map<std::string, std::uint64_t, std::less<>> counts_;  // of violations, by name
  std::uint64_t total_ = 0;
  std::vector<Violation> fresh_, kept_;
};

}  // namespace sim
