// Sets and tables over small numbers, for the checkers: plain vectors, since there are many and they are hot.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace sim {

// A set of small numbers that grows as needed.
class Bits {
 public:
  [[nodiscard]] bool has(std::size_t i) const {
    return i / 64 < words_.size() && (words_[i / 64] >> (i % 64) & 1) != 0;
  }
  void insert(std::size_t i) {
    if (i / 64 >= words_.size()) words_.resize(i / 64 + 1);
    words_[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  void erase(std::size_t i) {
    if (has(i)) words_[i / 64] &= ~(std::uint64_t{1} << (i % 64));
  }
  void clear() { words_.clear(); }
  [[nodiscard]] std::size_t count() const {
    std::size_t total = 0;
    for (const std::uint64_t word : words_) total += static_cast<std::size_t>(std::popcount(word));
    return total;
  }

  // How many are in both.
  [[nodiscard]] std::size_t count_common(const Bits& other) const {
    std::size_t total = 0;
    for (std::size_t i = 0; i < words_.size() && i < other.words_.size(); ++i)
      total += static_cast<std::size_t>(std::popcount(words_[i] & other.words_[i]));
    return total;
  }

  // What is here and not in `other`.
  [[nodiscard]] Bits minus(const Bits& other) const {
    Bits left = *this;
    for (std::size_t i = 0; i < left.words_.size() && i < other.words_.size(); ++i) left.words_[i] &= ~other.words_[i];
    return left;
  }

  // Calls `use(number)` for each, ascending.
  void each(auto&& use) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        use(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
      }
    }
  }

 private:
  std::vector<std::uint64_t> words_;
};

// Values by number, T{} where none was set. Numbers run on from 0 or 1, so a vector holds them; one that is
// far beyond the others (only a broken run has such) goes to a map and costs no memory for the gap.
template <class T>
class Dense {
 public:
  [[nodiscard]] T get(std::uint64_t i) const {
    if (i < near_.size()) return near_[i];
    const auto found = far_.find(i);
    return found == far_.end() ? T{} : found->second;
  }
  // Valid until the next call.
  T& at(std::uint64_t i) {
    if (i < near_.size()) return near_[i];
    return i - near_.size() < kGap ? grow(i) : far_[i];
  }

 private:
  static constexpr std::uint64_t kGap = 4096;

  T& grow(std::uint64_t i) {
    near_.resize(i + 1);
    while (!far_.empty() && far_.begin()->first <= i) {
      near_[far_.begin()->first] = far_.begin()->second;
      far_.erase(far_.begin());
    }
    return near_[i];
  }

  std::vector<T> near_;
  std::map<std::uint64_t, T> far_;
};

}  // namespace sim
