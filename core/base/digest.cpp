#include "core/base/digest.hpp"

#include <bit>
#include <cstring>

namespace core {
namespace {

// Up to eight bytes as a number, little-endian on every machine.
std::uint64_t number_of(std::string_view bytes) {
  std::uint64_t value = 0;
  if (std::endian::native == std::endian::little && bytes.size() == 8) {
    std::memcpy(&value, bytes.data(), 8);
    return value;
  }
  for (std::size_t i = 0; i < bytes.size(); ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return value;
}

}  // namespace

void Hasher::text(std::string_view bytes) {
  word(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); i += 8) word(number_of(bytes.substr(i, 8)));
}

std::string Digest::hex() const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const std::uint64_t half : {high, low})
    for (int shift = 60; shift >= 0; shift -= 4) out += digits[half >> shift & 15];
  return out;
}

}  // namespace core
