// The states that were seen, by their prints: a table with open addressing that grows by doubling, 16 bytes a place,
// or 24 where steps sleep (see search.hpp). Two states that share a 128-bit print would be taken for one; with a
// hundred million states the odds of any such pair are below 1 in 10^22.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/digest.hpp"

namespace sim {

class Visited {
 public:
  // `sleeps`: what is asleep may be other than nothing.
  explicit Visited(bool sleeps) : sleeps_{sleeps}, prints_(1 << 16), asleep_(sleeps ? 1 << 16 : 0) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const {
    return prints_.size() * sizeof(core::Digest) + asleep_.size() * sizeof(std::uint64_t);
  }

  struct News {
    bool fresh;             // the state was not seen before
    std::uint64_t stirred;  // what slept each time that it was seen, and does not now
  };
  // The state was reached with these steps asleep. REQUIRES: asleep is 0 unless some may sleep.
  News reach(const core::Digest& print, std::uint64_t asleep) {
    if (size_ * 20 >= prints_.size() * 17) grow();
    const std::size_t at = place(print);
    const bool fresh = prints_[at] == core::Digest{};
    if (fresh) ++size_, prints_[at] = print;
    if (!sleeps_) return {fresh, 0};
    const std::uint64_t slept = fresh ? asleep : asleep_[at];
    asleep_[at] = slept & asleep;
    return {fresh, slept & ~asleep};
  }

 private:
  // Where it is or would be. A print of zero marks a free place.
  [[nodiscard]] std::size_t place(const core::Digest& print) const {
    const std::size_t mask = prints_.size() - 1;
    std::size_t at = print.low & mask;
    while (prints_[at] != core::Digest{} && prints_[at] != print) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    const std::vector<core::Digest> prints = std::exchange(prints_, std::vector<core::Digest>(prints_.size() * 2));
    const std::vector<std::uint64_t> asleep = std::exchange(asleep_, std::vector<std::uint64_t>(asleep_.size() * 2));
    for (std::size_t i = 0; i < prints.size(); ++i) {
      if (prints[i] == core::Digest{}) continue;
      const std::size_t at = place(prints[i]);
      prints_[at] = prints[i];
      if (sleeps_) asleep_[at] = asleep[i];
    }
  }

  bool sleeps_;
  std::vector<core::Digest> prints_;
  std::vector<std::uint64_t> asleep_;  // by place, if any may
  std::size_t size_ = 0;
};

}  // namespace sim
