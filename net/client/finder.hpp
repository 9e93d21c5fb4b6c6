// Where the servers are: as their beacons tell it (UDP 9999), or as it was said on the command line.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "net/discovery/airwave.hpp"

namespace net {

class Finder {
 public:
  using Endpoint = asio::ip::tcp::endpoint;

  // Servers that are known from the beginning; each is asked in turn.
  explicit Finder(std::vector<Endpoint> known) : known_{std::move(known)} {}
  // Hears beacons on this port of the interface that has the address `host`. Throws boost::system::system_error if it
  // cannot. The latest beacons count; a server that has been silent for seven seconds is not there any more.
  void listen(asio::io_context& io, const asio::ip::address_v4& host, std::uint16_t port);

  // Whom to ask for a server: the leader, if it is known and was not asked just before; else whoever is there, in turn.
  std::optional<Endpoint> whom_to_ask();
  [[nodiscard]] std::size_t servers() const;

 private:
  struct Server {
    Endpoint at;
    core::Instant heard;
  };
  void hear(std::string_view beacon);

  std::vector<Endpoint> known_;
  std::map<std::string, Server> heard_;  // by id
  std::optional<Endpoint> leader_;
  std::size_t turn_ = 0;
  std::optional<Airwave> air_;
};

}  // namespace net
