// The states that were seen, by their prints: a table with open addressing that grows by doubling, 24 bytes a place.
// With each goes what was asleep every time it was seen (see search.hpp). Two states that share a 128-bit print would
// be taken for one; with a hundred million states the odds of any such pair are below 1 in 10^22.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/digest.hpp"

namespace sim {

class Visited {
 public:
  struct Entry {
    core::Digest print;  // zero: the place is free
    std::uint64_t asleep = 0;
  };

  Visited() : table_(1 << 16) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return table_.size() * sizeof(Entry); }

  // The state's entry; `fresh`: it was not there and now is. Valid until the next call.
  Entry& find(const core::Digest& print, bool& fresh) {
    if (size_ * 20 >= table_.size() * 17) grow();
    Entry& entry = place(print);
    fresh = entry.print != print;
    if (fresh) {
      ++size_;
      entry.print = print;
    }
    return entry;
  }

 private:
  // Where it is or would be.
  Entry& place(const core::Digest& print) {
    const std::size_t mask = table_.size() - 1;
    std::size_t at = print.low & mask;
    while (table_[at].print != core::Digest{} && table_[at].print != print) at = (at + 1) & mask;
    return table_[at];
  }

  void grow() {
    std::vector<Entry> old(table_.size() * 2);
    old.swap(table_);
    for (const Entry& entry : old)
      if (entry.print != core::Digest{}) place(entry.print) = entry;
  }

  std::vector<Entry> table_;
  std::size_t size_ = 0;
};

}  // namespace sim
