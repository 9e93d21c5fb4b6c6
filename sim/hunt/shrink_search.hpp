// The smallest failing scenario so far, and the only way to a smaller one.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/hunt/shrink.hpp"
#include "sim/hunt/shrink_order.hpp"

namespace sim {

class ShrinkSearch {
 public:
  // REQUIRES: the laboratory outlives it.
  // With `other_seeds`, what passes with its own seed gets another chance with a few others: where everything hangs on
  // the dice, whatever is left out makes them fall differently.
  ShrinkSearch(Scenario failing, Laboratory& laboratory, bool other_seeds)
      : best_{std::move(failing)}, order_{order_of(best_)}, laboratory_{laboratory}, other_seeds_{other_seeds} {}

  [[nodiscard]] const Scenario& best() const { return best_; }
  [[nodiscard]] std::size_t tried() const { return tried_; }
  [[nodiscard]] bool over() const { return work_ >= allowed_ || laboratory_.told_to_stop(); }
  // Once, for the proof that nothing can be left out.
  void allow_more() { allowed_ = kMostWork + kWorkOfProof; }
  void begin(const std::string& pass) { laboratory_.progress(pass, best_); }

  // Tries make(0) .. make(count - 1), each a Scenario or a std::optional of one, and takes the first that is smaller
  // and fails as well. Returns which; nullopt: none. `make` may look at best(): it stays until something is taken.
  template <class Make>
  std::optional<std::size_t> take_first(std::size_t count, Make make) {
    for (std::size_t next = 0; next < count && !over();) {
      std::vector<std::size_t> numbers;
      std::vector<Scenario> batch;
      for (; next < count && batch.size() < kBatch; ++next) {
        if (!add_smaller(make(next), batch)) continue;
        numbers.push_back(next);
      }
      if (const std::optional<std::size_t> taken = take(std::move(batch))) return numbers[*taken];
    }
    return std::nullopt;
  }
  bool take_one_of(const std::vector<Scenario>& candidates) {
    return take_first(candidates.size(), [&](std::size_t i) { return candidates[i]; }).has_value();
  }
  // Takes it if it fails as well, though it may be no smaller.
  bool take_equal(const Scenario& candidate);

 private:
  static constexpr std::size_t kBatch = 32;
  // As work_of() counts: a million takes some three seconds.
  static constexpr std::uint64_t kMostWork = 2'500'000, kWorkOfProof = 500'000;

  bool add_smaller(std::optional<Scenario> candidate, std::vector<Scenario>& batch) const;
  std::optional<std::size_t> take(std::vector<Scenario> batch);
  std::optional<std::size_t> first_that_fails(const std::vector<Scenario>& batch);

  Scenario best_;
  Order order_;
  Laboratory& laboratory_;
  bool other_seeds_;
  std::size_t tried_ = 0;
  std::uint64_t work_ = 0, allowed_ = kMostWork;
};

}  // namespace sim
