// A set of members as bits. Groups of up to 64 need no allocation.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "core/base/ids.hpp"

namespace core {

class MemberSet {
 public:
  MemberSet() = default;
  // Room for the members 0..size-1; inserting others is an error.
  explicit MemberSet(std::size_t size) : more_(size > 64 ? (size - 1) / 64 : 0) {}

  static MemberSet all(std::size_t size) {
    MemberSet set(size);
    for (std::size_t i = 0; i < size; ++i) set.insert(static_cast<Member>(i));
    return set;
  }

  [[nodiscard]] bool has(Member member) const {
    if (member < 64) return (first_ >> member & 1) != 0;
    const std::size_t word = member / 64 - 1;
    return word < more_.size() && (more_[word] >> (member % 64) & 1) != 0;
  }
  void insert(Member member) { word(member) |= bit(member); }
  void erase(Member member) {
    if (has(member)) word(member) &= ~bit(member);
  }
  void clear() {
    first_ = 0;
    for (std::uint64_t& word : more_) word = 0;
  }
  [[nodiscard]] std::size_t count() const {
    auto total = static_cast<std::size_t>(std::popcount(first_));
    for (const std::uint64_t word : more_) total += static_cast<std::size_t>(std::popcount(word));
    return total;
  }
  // How many are in both sets. REQUIRES: made for equally many members.
  [[nodiscard]] std::size_t count_common(const MemberSet& other) const {
    auto total = static_cast<std::size_t>(std::popcount(first_ & other.first_));
    for (std::size_t i = 0; i < more_.size(); ++i)
      total += static_cast<std::size_t>(std::popcount(more_[i] & other.more_[i]));
    return total;
  }
  // How many are in all three.
  [[nodiscard]] std::size_t count_common(const MemberSet& other, const MemberSet& third) const {
    auto total = static_cast<std::size_t>(std::popcount(first_ & other.first_ & third.first_));
    for (std::size_t i = 0; i < more_.size(); ++i)
      total += static_cast<std::size_t>(std::popcount(more_[i] & other.more_[i] & third.more_[i]));
    return total;
  }
  [[nodiscard]] bool empty() const { return count() == 0; }
  [[nodiscard]] std::size_t bytes() const { return 8 * (1 + more_.size()); }

  // Calls `use(word)` for each 64 bits, lowest members first.
  void words(auto&& use) const {
    use(first_);
    for (const std::uint64_t word : more_) use(word);
  }
  void words(auto&& use) {
    use(first_);
    for (std::uint64_t& word : more_) use(word);
  }

  friend bool operator==(const MemberSet&, const MemberSet&) = default;

 private:
  static std::uint64_t bit(Member member) { return std::uint64_t{1} << (member % 64); }
  std::uint64_t& word(Member member) { return member < 64 ? first_ : more_.at(member / 64 - 1U); }

  std::uint64_t first_ = 0;
  std::vector<std::uint64_t> more_;
};

}  // namespace core
