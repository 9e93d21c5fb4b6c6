// Telling others of oneself and hearing of them, by any of three ways at once: multicast, broadcast beacons, and seeds:
// addresses that somebody wrote down. It only learns who is where; who votes is decided elsewhere.
#pragma once

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <map>

#include "net/discovery/airwave.hpp"
#include "net/discovery/sighting.hpp"

namespace net {

struct Ways {
  bool multicast = false, beacon = false;
  std::vector<asio::ip::tcp::endpoint> seeds{};
  asio::ip::address_v4 multicast_group{{239, 255, 255, 250}};
  std::uint16_t multicast_port = 5007, beacon_port = 9999;
  core::Duration interval = core::Duration::s(2);

  // Who was not heard for so long is away.
  [[nodiscard]] core::Duration patience() const { return std::max(core::Duration::s(6), interval * 3); }
};

class Discovery {
 public:
  struct Ear {
    std::function<Sighting()> self;               // what to tell now
    std::function<void(const Sighting&)> heard;   // of another of the group
    std::function<void(const std::string&)> say;  // what is wrong with what was heard, in words
  };

  // Begins to tell and to listen. Throws boost::system::system_error if a way cannot be opened.
  Discovery(asio::io_context& io, Ways ways, const Address& here, std::string group, Ear ear);
  Discovery(const Discovery&) = delete;
  Discovery& operator=(const Discovery&) = delete;

  // There is something new to tell: it is told at once, but at most every 100 ms.
  void changed();
  // Somebody has called and told of itself; returns what to answer: itself and all that it has heard lately.
  std::string answer(const Json& call);

 private:
  void announce();
  void ask_seeds(const std::string& line);
  void again(core::Duration in);
  void take(std::variant<Sighting, Unrelated, std::string> read, const std::string& from);
  void take_all(const std::string& answer, const std::string& from);

  struct Kept {
    Sighting sighting;
    core::Instant at;
  };

  asio::io_context& io_;
  Ways ways_;
  Address here_;
  std::string group_;
  Ear ear_;
  std::list<Airwave> air_;
  asio::steady_timer alarm_;
  core::Instant told_{};
  std::map<core::Id128, Kept> kept_;
  std::shared_ptr<char> alive_ = std::make_shared<char>();
};

}  // namespace net
