// The states that were seen, by their prints: a table with open addressing that grows by doubling. With each goes what
// was left asleep when it was seen last (see search.hpp). Two states that share a 128-bit print would be taken for one;
// with a hundred million states the odds of any such pair are below 1 in 10^22.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/digest.hpp"

namespace sim {

class Visited {
 public:
  struct Entry {
    core::Digest print;
    std::uint64_t asleep = 0;  // of kFree: none
    std::uint32_t depth = 0;   // at which it was seen, at least; kFree: the place is free
  };
  static constexpr std::uint32_t kFree = UINT32_MAX;

  Visited() : table_(1 << 16, Entry{{}, 0, kFree}) {}

  [[nodiscard]] std::size_t size() const { return size_; }

  // The state's entry; `fresh`: it was not there and now is. Valid until the next call.
  Entry& find(const core::Digest& print, bool& fresh) {
    if (size_ * 10 >= table_.size() * 7) grow();
    Entry& entry = place(print);
    fresh = entry.depth == kFree;
    if (fresh) {
      ++size_;
      entry = {print, ~std::uint64_t{0}, kFree - 1};
    }
    return entry;
  }

 private:
  Entry& place(const core::Digest& print) {
    const std::size_t mask = table_.size() - 1;
    std::size_t at = print.low & mask;
    while (table_[at].depth != kFree && table_[at].print != print) at = (at + 1) & mask;
    return table_[at];
  }

  void grow() {
    std::vector<Entry> old(table_.size() * 2, Entry{{}, 0, kFree});
    old.swap(table_);
    for (const Entry& entry : old)
      if (entry.depth != kFree) place(entry.print) = entry;
  }

  std::vector<Entry> table_;
  std::size_t size_ = 0;
};

}  // namespace sim
