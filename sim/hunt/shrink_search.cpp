#include "sim/hunt/shrink_search.hpp"

#include "sim/hunt/shrink_edit.hpp"

namespace sim {
namespace {

constexpr std::uint64_t kOtherSeeds = 4;

// What a replay costs, roughly: heartbeats between any two nodes, and the start.
std::uint64_t work_of(const Scenario& scenario) {
  const std::uint64_t nodes = scenario.group.size();
  return 10 + nodes * nodes * static_cast<std::uint64_t>(scenario.duration.ns / 1'000'000'000);
}

}  // namespace

bool ShrinkSearch::add_smaller(std::optional<Scenario> candidate, std::vector<Scenario>& batch) const {
  if (candidate) candidate = completed(std::move(*candidate));
  if (!candidate || order_of(*candidate) >= order_) return false;
  batch.push_back(std::move(*candidate));
  return true;
}

// Those after the one that is found do not count, whether or not somebody was at them already.
std::optional<std::size_t> ShrinkSearch::first_that_fails(const std::vector<Scenario>& batch) {
  const std::optional<std::size_t> found = laboratory_.first_that_fails(batch);
  const std::size_t count = found ? *found + 1 : batch.size();
  tried_ += count;
  for (std::size_t i = 0; i < count; ++i) work_ += work_of(batch[i]);
  return found;
}

std::optional<std::size_t> ShrinkSearch::take(std::vector<Scenario> batch) {
  if (batch.empty()) return std::nullopt;
  std::optional<std::size_t> found = first_that_fails(batch);
  for (std::uint64_t seed = 1; other_seeds_ && !found && seed <= kOtherSeeds; ++seed) {
    for (Scenario& candidate : batch) candidate.seed = seed;
    found = first_that_fails(batch);
  }
  if (!found) return std::nullopt;
  best_ = std::move(batch[*found]);
  order_ = order_of(best_);
  return found;
}

bool ShrinkSearch::take_equal(const Scenario& candidate) {
  std::optional<Scenario> complete = completed(candidate);
  return complete && take({std::move(*complete)});
}

}  // namespace sim
