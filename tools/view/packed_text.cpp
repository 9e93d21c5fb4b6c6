#include "tools/view/packed_text.hpp"

#include <zlib.h>

#include <array>

#include "core/base/check.hpp"

namespace tools {
namespace {

constexpr int kLevel = 4;              // half the time of the usual 6, and a tenth larger
constexpr int kGzip = 15 + 16;         // the largest window, with gzip's header
constexpr std::size_t kPiece = 49152;  // bytes; a multiple of 3

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void append_group(std::string& out, std::string_view three) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 3; ++i) bits = bits << 8 | (i < three.size() ? static_cast<unsigned char>(three[i]) : 0U);
  for (std::size_t i = 0; i < 4; ++i) out += i <= three.size() ? kLetters[bits >> (18 - 6 * i) & 63] : '=';
}

}  // namespace

PackedText::PackedText(ByteSink& out) : out_{out}, stream_{std::make_unique<z_stream>()} {
  core::check(deflateInit2(stream_.get(), kLevel, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib begins");
}

PackedText::~PackedText() {
  deflateEnd(stream_.get());
}

void PackedText::deflate(std::string_view bytes, bool last) {
  // zlib does not write to what it reads.
  stream_->next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
  stream_->avail_in = static_cast<uInt>(bytes.size());
  std::array<char, kPiece> piece;
  do {
    stream_->next_out = reinterpret_cast<Bytef*>(piece.data());
    stream_->avail_out = kPiece;
    ::deflate(stream_.get(), last ? Z_FINISH : Z_NO_FLUSH);
    encode({piece.data(), kPiece - stream_->avail_out}, false);
  } while (stream_->avail_out == 0);
  if (last) encode({}, true);
}

void PackedText::encode(std::string_view bytes, bool last) {
  rest_ += bytes;
  std::string text;
  std::size_t done = 0;
  for (; done + 3 <= rest_.size(); done += 3) append_group(text, std::string_view(rest_).substr(done, 3));
  rest_.erase(0, done);
  if (last && !rest_.empty()) append_group(text, rest_);
  out_.write(text);
}

}  // namespace tools
