#include "tools/live/ports.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/ip/address_v4.hpp>
#include <cerrno>
#include <random>
#include <system_error>

namespace tools {
namespace {

// Below those that the system gives to whoever asks for any.
constexpr int kFirst = 10'000, kLast = 32'000, kTries = 10'000;

// Bound to this port of the loopback, or -1 if anybody else is. From then on those can be bound there too who reuse
// addresses, which a node does when it listens.
int bound(int type, int port) {
  const int held = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  if (held < 0) throw std::system_error(errno, std::generic_category(), "no socket for a live run");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(held, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(held);
    return -1;
  }
  const int yes = 1;
  setsockopt(held, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  return held;
}

}  // namespace

Ports::Ports(std::size_t count) {
  std::random_device any;
  for (int tries = 0; tries < kTries && held_.size() < count; ++tries) {
    const int port = kFirst + static_cast<int>(any() % (kLast - kFirst));
    const int stream = bound(SOCK_STREAM, port);
    if (stream < 0) continue;
    const int datagrams = bound(SOCK_DGRAM, port);
    if (datagrams < 0) {
      close(stream);
      continue;
    }
    close(datagrams);  // a datagram goes to one socket only
    held_.push_back(stream);
    addresses_.emplace_back(boost::asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port));
  }
  if (held_.size() < count)
    throw std::system_error(EADDRINUSE, std::generic_category(), "no free ports for a live run");
}

Ports::~Ports() {
  for (const int held : held_) close(held);
}

}  // namespace tools
