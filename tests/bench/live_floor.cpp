#include "tests/bench/live_floor.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <vector>

namespace bench {
namespace {

constexpr std::size_t kBuffer = 256 << 10;

// Two ends of a connection over the loopback.
std::array<int, 2> connected() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0), dialled = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* to = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener, to, size) != 0 || listen(listener, 1) != 0 || getsockname(listener, to, &size) != 0 ||
      connect(dialled, to, size) != 0)
    throw std::runtime_error("no connection over the loopback");
  const int accepted = accept(listener, nullptr, nullptr), yes = 1;
  close(listener);
  for (const int end : {dialled, accepted}) setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return {dialled, accepted};
}

void send_all(int to, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = send(to, bytes, size, MSG_NOSIGNAL);
    if (sent <= 0) _exit(1);
    bytes += sent, size -= static_cast<std::size_t>(sent);
  }
}

[[noreturn]] void pass_on(int from, int back, int other) {
  std::vector<char> buffer(kBuffer);
  for (;;) {
    const ssize_t got = recv(from, buffer.data(), buffer.size(), 0);
    if (got <= 0) _exit(0);
    send_all(back, buffer.data(), static_cast<std::size_t>(got));
    send_all(other, buffer.data(), static_cast<std::size_t>(got));
  }
}

// Says so when all have come.
[[noreturn]] void take(int from, std::size_t total, int done) {
  std::vector<char> buffer(kBuffer);
  while (total > 0) {
    const ssize_t got = recv(from, buffer.data(), std::min(buffer.size(), total), 0);
    if (got <= 0) _exit(1);
    total -= static_cast<std::size_t>(got);
  }
  send_all(done, "d", 1);
  _exit(0);
}

pid_t process(auto&& work) {
  const pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  work();
  _exit(0);
}

}  // namespace

double bare_sequencer(std::size_t messages, std::size_t outstanding, std::size_t bytes) {
  const auto there = connected(), back = connected(), other = connected(), done = connected();
  const std::size_t total = messages * bytes;
  const std::array children{process([&] {
                              close(there[0]);
                              pass_on(there[1], back[0], other[0]);
                            }),
                            process([&] { take(other[1], total, done[0]); })};
  std::vector<char> buffer(kBuffer);
  const auto began = std::chrono::steady_clock::now();
  for (std::size_t sent = 0, heard = 0; heard < total;) {
    const std::size_t may = std::min({total - sent, outstanding * bytes - (sent - heard), buffer.size()});
    if (may >= bytes) send_all(there[0], buffer.data(), may), sent += may;
    if (sent < total && sent - heard < outstanding * bytes / 2) continue;
    const ssize_t got = recv(back[1], buffer.data(), buffer.size(), 0);
    if (got <= 0) throw std::runtime_error("the bare sequencer has stopped");
    heard += static_cast<std::size_t>(got);
  }
  char all_there = 0;
  if (recv(done[1], &all_there, 1, 0) != 1) throw std::runtime_error("the bare sequencer has stopped");
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  for (const pid_t child : children) kill(child, SIGKILL), waitpid(child, nullptr, 0);
  for (const auto& ends : {there, back, other, done}) close(ends[0]), close(ends[1]);
  return took.count();
}

}  // namespace bench
