// Which members serve clients and how many each has: for who asks where to go. How many is told by beacons
// (server_beacon); where there are none, it is at least known whom was sent where.
#pragma once

#include <map>
#include <string_view>

#include "net/gateway/city_node.hpp"
#include "net/gateway/client_line.hpp"

namespace net {

class Servers {
 public:
  explicit Servers(const CityNode& node) : node_{node} {}

  // A beacon of a member, or anything else that the port brings.
  void hear(std::string_view datagram);
  // What this one has now.
  void count(std::size_t clients) { loads_[node_.self()] = {clients, 0}; }
  // The one that serves the fewest, of those that this one hears; this one, if there is none less busy. It counts as
  // its client from now on.
  Server assign();

  // {"type":"server_beacon",...}: original clients find the group by it. Short: of its units only a few are named.
  [[nodiscard]] std::string beacon(double wall_clock) const;
  // What the originals' registry answers: {"request_type":"get_registry"} and so on.
  [[nodiscard]] std::string registry(std::string_view request, double wall_clock) const;

 private:
  struct Load {
    std::size_t clients = 0, sent = 0;  // sent there since they were counted
  };
  [[nodiscard]] std::size_t load_of(core::Member member) const;
  [[nodiscard]] Json info(const Server& server, double wall_clock) const;
  [[nodiscard]] Json leader_info(double wall_clock) const;
  [[nodiscard]] Json leader_id() const;

  const CityNode& node_;
  std::map<core::Member, Load> loads_;
};

}  // namespace net
