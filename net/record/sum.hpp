// A fast 64-bit sum of bytes and numbers; not cryptographic. Two words at a time go into one wide product, whose halves
// are folded together; where there are four, two products are made side by side (Wang Yi: wyhash, 2019).
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace net {

class Sum {
 public:
  void words(std::uint64_t a, std::uint64_t b) { state_ = folded(a ^ state_, b ^ kOdd); }
  void words(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
    state_ = folded(a ^ state_, b ^ kOdd) ^ folded(c ^ state_, d ^ kOther);
  }
  void bytes(std::string_view text) {
    words(text.size(), 1);
    for (; text.size() >= 32; text.remove_prefix(32))
      words(word(text), word(text.substr(8)), word(text.substr(16)), word(text.substr(24)));
    for (; text.size() > 16; text.remove_prefix(16)) words(word(text), word(text.substr(8)));
    words(word(text), text.size() > 8 ? word(text.substr(8)) : 0);
  }
  [[nodiscard]] std::uint64_t value() const { return folded(state_ ^ kOdd, state_ + kOdd); }

 private:
  static constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL, kOther = 0xD1B54A32D192ED03ULL;

  static std::uint64_t folded(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  // Up to eight bytes, the least first.
  static std::uint64_t word(std::string_view text) {
    std::uint64_t value = 0;
    if (text.size() >= 8 && std::endian::native == std::endian::little) {
      std::memcpy(&value, text.data(), 8);
      return value;
    }
    for (std::size_t i = 0; i < text.size() && i < 8; ++i)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[i])) << (8 * i);
    return value;
  }

  std::uint64_t state_ = 0x243F6A8885A308D3ULL;
};

inline std::uint64_t sum_of(std::string_view bytes) {
  Sum sum;
  sum.bytes(bytes);
  return sum.value();
}

}  // namespace net
