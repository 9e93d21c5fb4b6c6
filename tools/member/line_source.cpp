#include "tools/member/line_source.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace tools {

void LineSource::read() {
  std::array<char, 64 << 10> bytes{};
  const ssize_t got = ::read(number_, bytes.data(), bytes.size());
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
  ended_ = got <= 0;
  bytes_.erase(0, at_);
  at_ = 0;
  if (got > 0) bytes_.append(bytes.data(), static_cast<std::size_t>(got));
}

std::optional<std::string> LineSource::next() {
  const std::size_t end = bytes_.find('\n', at_);
  if (end == std::string::npos && (!ended_ || at_ >= bytes_.size())) return std::nullopt;
  std::string line = bytes_.substr(at_, end == std::string::npos ? end : end - at_);
  at_ = end == std::string::npos ? bytes_.size() : end + 1;
  return line;
}

}  // namespace tools
