// A recording as bytes. The first line says what it is; then come blocks, each after its length in four bytes and the
// sum of its bytes in eight, least byte first. The first block is the Birth. Each other block is one turn of the node:
//   how far the machine's clock is ahead of the node's, then entries:
//   an input      its place in net::Input, nanoseconds since the input before, what it brings
//   an output     128 + 32 * kind + detail, two bytes of its sum (see trail.hpp)
//   kUnrecorded   alone in its block, the last one: the life goes on, but there was no more room
// The newest blocks may be in a second file still (tape.hpp).
// Numbers are written as in core/base/codec.hpp; what may be negative is folded.
#pragma once

#include <cstdint>
#include <string_view>

namespace net {

constexpr std::string_view kRecordingMagic = "bellwether-recording 4\n";
constexpr std::size_t kBlockHead = 12, kMarkSize = 3;
constexpr std::uint8_t kUnrecorded = 0x7F, kOutput = 0x80;

// 0, -1, 1, -2 ... as 0, 1, 2, 3 ...
constexpr std::uint64_t folded(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

constexpr std::int64_t unfolded(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

// The `count` lowest bytes of a number, least first.
void put_fixed(char* place, std::uint64_t value, std::size_t count);
std::uint64_t get_fixed(const char* place, std::size_t count);

}  // namespace net
