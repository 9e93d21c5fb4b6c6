// Ports of the loopback that are free for connections and for datagrams, kept for a run's nodes: a process that is
// killed finds its own again.
#pragma once

#include <vector>

#include "net/runtime/sockets.hpp"

namespace tools {

class Ports {
 public:
  // Throws std::system_error if none are to be had.
  explicit Ports(std::size_t count);
  ~Ports();
  Ports(const Ports&) = delete;
  Ports& operator=(const Ports&) = delete;

  [[nodiscard]] const net::Addresses& addresses() const { return addresses_; }

 private:
  net::Addresses addresses_;
  std::vector<int> held_;  // bound and silent, so that nobody else is given the port
};

}  // namespace tools
