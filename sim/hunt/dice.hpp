// Chance in the forms in which scenarios are drawn.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/rng.hpp"
#include "core/base/time.hpp"

namespace sim {

class Dice {
 public:
  explicit Dice(core::Rng rng) : rng_{rng} {}

  std::uint64_t below(std::uint64_t bound) { return rng_.below(bound); }  // REQUIRES: bound > 0
  // Both included. REQUIRES: least <= most.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least) + 1));
  }
  bool one_in(std::uint64_t bound) { return below(bound) == 0; }
  std::uint32_t ppm(std::uint32_t most) { return static_cast<std::uint32_t>(below(most + std::uint64_t{1})); }
  // Whole milliseconds, both included.
  core::Duration ms(std::int64_t least, std::int64_t most) { return core::Duration::ms(between(least, most)); }
  core::Duration span(core::Duration least, core::Duration most) {
    return ms(least.ns / 1'000'000, most.ns / 1'000'000);
  }
  template <class T, std::size_t n>
  T pick(const std::array<T, n>& choices) {
    return choices[below(n)];
  }

 private:
  core::Rng rng_;
};

// Which of n things happen in one scenario, and how often in comparison: each is left out with a chance of one half,
// and the weights of the others differ up to sixteenfold.
template <std::size_t n>
class Lots {
 public:
  explicit Lots(Dice& dice) {
    for (std::uint64_t& weight : weights_) weight = dice.one_in(2) ? 0 : std::uint64_t{1} << dice.below(5);
    if (total() == 0) weights_[dice.below(n)] = 1;
  }

  void leave_out(std::size_t index) { weights_[index] = 0; }
  [[nodiscard]] bool any() const { return total() != 0; }
  // REQUIRES: any().
  std::size_t draw(Dice& dice) const {
    std::uint64_t ticket = dice.below(total());
    std::size_t index = 0;
    while (ticket >= weights_[index]) ticket -= weights_[index++];
    return index;
  }

 private:
  [[nodiscard]] std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t weight : weights_) sum += weight;
    return sum;
  }
  std::array<std::uint64_t, n> weights_{};
};

}  // namespace sim
