#include "net/wire/frames.hpp"

#include "core/order/snapshot.hpp"

namespace net {
namespace {

constexpr std::size_t kLengthBytes = 4, kGroupBytes = 8;

std::string bytes_of(std::uint64_t number, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(number >> 8 * i);
  return bytes;
}

std::size_t length_in(std::string_view bytes) {
  std::size_t length = 0;
  for (std::size_t i = kLengthBytes; i-- > 0;) length = length << 8 | static_cast<unsigned char>(bytes[i]);
  return length;
}

}  // namespace

std::string preamble(Form form, std::string_view group) {
  if (form != Form::binary) return {};
  return std::string{kBinary, kBinaryVersion} + bytes_of(core::checksum(group), kGroupBytes);
}

void append_frame(std::string& out, Form form, std::string_view message) {
  if (form == Form::binary) out += bytes_of(message.size(), kLengthBytes);
  out += message;
  if (form == Form::json) out += '\n';
}

void Frames::feed(std::string_view bytes) {
  if (!error_.empty()) return;
  bytes_.erase(0, at_);
  at_ = 0;
  bytes_ += bytes;
}

std::optional<std::string_view> Frames::next() {
  if (form_ == Form::unknown) begin();
  if (!error_.empty() || form_ == Form::unknown) return std::nullopt;
  return form_ == Form::json ? next_line() : next_counted();
}

void Frames::begin() {
  if (rest().empty()) return;
  const char first = rest().front();
  if (first == '{') {
    form_ = Form::json;
  } else if (first != kBinary) {
    fail("it begins neither with { nor with the mark of the binary form");
  } else {
    begin_binary();
  }
}

void Frames::begin_binary() {
  if (rest().size() >= 2 && rest()[1] != kBinaryVersion)
    return fail("it speaks version " + std::to_string(rest()[1]) +
                " of the binary form; known: " + std::to_string(kBinaryVersion));
  const std::string expected = preamble(Form::binary, group_);
  if (rest().size() < expected.size()) return;
  if (!rest().starts_with(expected)) return fail("it speaks for another group than " + group_);
  form_ = Form::binary;
  at_ += expected.size();
}

std::optional<std::string_view> Frames::next_line() {
  const std::size_t end = rest().find('\n', searched_);
  searched_ = end == std::string_view::npos ? rest().size() : 0;
  if (end == std::string_view::npos ? rest().size() > kMostMessageBytes : end > kMostMessageBytes)
    fail("a line is longer than " + std::to_string(kMostMessageBytes) + " bytes");
  if (end == std::string_view::npos || !error_.empty()) return std::nullopt;
  const std::string_view line = rest().substr(0, end);
  at_ += end + 1;
  return line;
}

std::optional<std::string_view> Frames::next_counted() {
  if (rest().size() < kLengthBytes) return std::nullopt;
  const std::size_t length = length_in(rest());
  if (length > kMostMessageBytes) fail("a message is longer than " + std::to_string(kMostMessageBytes) + " bytes");
  if (!error_.empty() || rest().size() < kLengthBytes + length) return std::nullopt;
  const std::string_view message = rest().substr(kLengthBytes, length);
  at_ += kLengthBytes + length;
  return message;
}

void Frames::fail(std::string why) {
  error_ = std::move(why);
  bytes_.clear();
  at_ = 0;
}

}  // namespace net
