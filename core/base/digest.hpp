// A running 128-bit hash of a sequence of words and bytes: equal input, equal digest, on every machine.
// Not cryptographic. Two SplitMix64-style lanes that each absorb every word, with different constants.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/rng.hpp"

namespace core {

struct Digest {
  std::uint64_t high = 0, low = 0;
  friend bool operator==(const Digest&, const Digest&) = default;
  [[nodiscard]] std::string hex() const;  // 32 lower-case digits
};

class Hasher {
 public:
  void word(std::uint64_t value) {
    a_ = (a_ ^ value) * 0x9E3779B97F4A7C15ULL;
    a_ ^= a_ >> 32;
    b_ = (b_ + value) * 0xD6E8FEB86659FD93ULL;
    b_ ^= b_ >> 29;
    ++length_;
  }
  void text(std::string_view bytes);
  [[nodiscard]] Digest digest() const { return {mix64(a_ ^ length_), mix64(b_ + length_)}; }

 private:
  std::uint64_t a_ = 0x243F6A8885A308D3ULL, b_ = 0x13198A2E03707344ULL, length_ = 0;
};

}  // namespace core
