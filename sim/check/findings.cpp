#include "sim/check/findings.hpp"

#include <algorithm>

namespace sim {

namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Findings::Findings(const Expect& expect) {
  for (std::size_t i = 0; i < kInvariants; ++i) {
    const std::string_view name = name_of(static_cast<Invariant>(i));
    judged_[i] = expect.all_invariants || contains(expect.invariants, name) || contains(expect.violations, name) ||
                 contains(expect.tolerated, name);
  }
}

void Findings::reported(std::string_view invariant, core::Instant at, std::string_view detail) {
  if (count(invariant) < kKept) kept_.push_back({std::string{invariant}, at, std::string{detail}});
  tally(invariant);
}

std::size_t Findings::hand_over(std::vector<Violation>& fresh) {
  if (fresh_.empty()) return 0;  // nearly always
  const std::size_t moved = fresh_.size();
  kept_.insert(kept_.end(), fresh_.begin(), fresh_.end());
  fresh.insert(fresh.end(), fresh_.begin(), fresh_.end());
  fresh_.clear();
  return moved;
}

std::uint64_t Findings::seen(std::string_view invariant) const {
  for (std::size_t i = 0; i < kInvariants; ++i) {
    if (name_of(static_cast<Invariant>(i)) == invariant) return seen_[i];
  }
  return 0;
}

std::uint64_t Findings::count(std::string_view invariant) const {
  const auto found = counts_.find(invariant);
  return found == counts_.end() ? 0 : found->second;
}

void Findings::tally(std::string_view invariant) {
  ++total_;
  const auto found = counts_.find(invariant);
  if (found != counts_.end()) {
    ++found->second;
  } else {
    counts_.emplace(invariant, 1);
  }
}

}  // namespace sim
