// A fast 64-bit sum of bytes and numbers; not cryptographic. Two words go into one wide product, whose halves are
// folded together (Wang Yi: wyhash, 2019). Here the products do not wait for each other: they are added to what was
// there, which is rotated before, so that the order counts.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace net {

class Sum {
 public:
  void words(std::uint64_t a, std::uint64_t b) { add(folded(a ^ kFirst, b ^ kSecond)); }
  void words(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
    add(folded(a ^ kFirst, b ^ kSecond) + folded(c ^ kThird, d ^ kFourth));
  }
  // The last words may lie over those before them: that is faster than to go by bytes.
  void bytes(std::string_view text) {
    const char *at = text.data(), *const end = at + text.size();
    add(text.size() * kFirst);
    for (; end - at > 32; at += 32) words(word<8>(at), word<8>(at + 8), word<8>(at + 16), word<8>(at + 24));
    if (text.size() >= 32)
      words(word<8>(end - 32), word<8>(end - 24), word<8>(end - 16), word<8>(end - 8));
    else if (text.size() >= 16)
      words(word<8>(at), word<8>(at + 8), word<8>(end - 16), word<8>(end - 8));
    else if (text.size() >= 8)
      words(word<8>(at), word<8>(end - 8));
    else if (text.size() >= 4)
      words(word<4>(at), word<4>(end - 4));
    else
      for (; at < end; ++at) words(word<1>(at), 0);
  }
  [[nodiscard]] std::uint64_t value() const { return state_; }

 private:
  static constexpr std::uint64_t kFirst = 0x9E3779B97F4A7C15ULL, kSecond = 0xD1B54A32D192ED03ULL,
                                 kThird = 0xA0761D6478BD642FULL, kFourth = 0xE7037ED1A0B428DBULL;

  static std::uint64_t folded(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  void add(std::uint64_t product) { state_ = std::rotl(state_, 23) + product; }
  // The least byte first.
  template <std::size_t size>
  static std::uint64_t word(const char* at) {
    std::uint64_t value = 0;
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(&value, at, size);
      return value;
    }
    for (std::size_t i = 0; i < size; ++i)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(at[i])) << (8 * i);
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
