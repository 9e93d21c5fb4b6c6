#include "tools/member/line_socket.hpp"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace tools {
namespace {

constexpr int kPatienceMs = 2'000;

bool connected(int number) {
  pollfd wait{number, POLLOUT, 0};
  if (poll(&wait, 1, kPatienceMs) <= 0) return false;
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

}  // namespace

bool LineSocket::dial(const boost::asio::ip::tcp::endpoint& to) {
  close();
  number_ = socket(to.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (number_ < 0) return false;
  const int on = 1;
  setsockopt(number_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const bool begun = connect(number_, to.data(), static_cast<socklen_t>(to.size())) == 0 || errno == EINPROGRESS;
  if (!begun || !connected(number_)) close();
  return open();
}

void LineSocket::close() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
  out_.clear(), in_.clear();
  at_ = 0;
}

void LineSocket::say(std::string_view line) {
  out_ += line;
  out_ += '\n';
}

bool LineSocket::write() {
  const ssize_t sent = send(number_, out_.data(), out_.size(), MSG_NOSIGNAL);
  if (sent < 0) return errno == EAGAIN || errno == EINTR;
  out_.erase(0, static_cast<std::size_t>(sent));
  return true;
}

bool LineSocket::read() {
  std::array<char, 64 << 10> bytes{};
  const ssize_t got = recv(number_, bytes.data(), bytes.size(), 0);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  in_.erase(0, at_);
  at_ = 0;
  in_.append(bytes.data(), static_cast<std::size_t>(got));
  return got > 0;
}

std::optional<std::string> LineSocket::next() {
  const std::size_t end = in_.find('\n', at_);
  if (end == std::string::npos) return std::nullopt;
  std::string line = in_.substr(at_, end - at_);
  at_ = end + 1;
  return line;
}

}  // namespace tools
