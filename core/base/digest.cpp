#include "core/base/digest.hpp"

namespace core {

void Hasher::text(std::string_view bytes) {
  word(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); i += 8) {
    std::uint64_t value = 0;  // little-endian on every machine
    for (std::size_t k = i; k < i + 8 && k < bytes.size(); ++k)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[k])) << (8 * (k - i));
    word(value);
  }
}

std::string Digest::hex() const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const std::uint64_t half : {high, low})
    for (int shift = 60; shift >= 0; shift -= 4) out += digits[half >> shift & 15];
  return out;
}

}  // namespace core
