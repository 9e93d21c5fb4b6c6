#include "sim/hunt/shrink_search.hpp"

#include "sim/hunt/shrink_edit.hpp"

namespace sim {

bool Search::add_smaller(std::optional<Scenario> candidate, std::vector<Scenario>& batch) const {
  if (candidate) candidate = completed(std::move(*candidate));
  if (!candidate || order_of(*candidate) >= order_) return false;
  batch.push_back(std::move(*candidate));
  return true;
}

// Those after the one that is taken do not count as tried, whether or not somebody was at them already.
std::optional<std::size_t> Search::take(std::vector<Scenario> batch) {
  if (batch.empty()) return std::nullopt;
  const std::optional<std::size_t> found = laboratory_.first_that_fails(batch);
  tried_ += found ? *found + 1 : batch.size();
  if (!found) return std::nullopt;
  best_ = std::move(batch[*found]);
  order_ = order_of(best_);
  return found;
}

bool Search::take_equal(const Scenario& candidate) {
  std::optional<Scenario> complete = completed(candidate);
  return complete && take({std::move(*complete)});
}

}  // namespace sim
