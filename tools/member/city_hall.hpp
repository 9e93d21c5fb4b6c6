// What a member does for the city besides taking part: it serves clients of the original dispatch system and lamps at
// its port, and lets clients find the group: beacons, and the originals' registry.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <optional>

#include "net/desk/desk.hpp"
#include "net/discovery/airwave.hpp"
#include "net/gateway/gateway.hpp"
#include "net/gateway/lamps.hpp"
#include "net/gateway/original_lights.hpp"
#include "net/gateway/registry.hpp"
#include "tools/member/life.hpp"

namespace tools {

class CityHall final : public net::Visitors, public net::CityNode, private net::Voice {
 public:
  // Begins to tell and to listen; that a port is taken is only said. REQUIRES: all outlive the hall.
  CityHall(boost::asio::io_context& io, Life& life, const net::Roster& roster, const NodeOptions& options,
           net::Office& office, net::Desk& desk, net::Lamps& lamps, Folder::Say say);
  CityHall(const CityHall&) = delete;
  CityHall& operator=(const CityHall&) = delete;

  // Nodes of the original traffic lights hang on from now on, if they are to. REQUIRES: the life has begun.
  void begin();
  // Clients, then lamps, then whoever else the desk knows.
  bool hear(std::string_view line, const std::shared_ptr<net::Caller>& caller) override;
  void on(const core::Record& fact);
  // Clients are to find another server.
  void close();

 private:
  // What the gateway asks for.
  [[nodiscard]] const core::Dispatch* dispatch() const override;
  [[nodiscard]] core::Member self() const override { return life_.self; }
  core::EventId submit(const core::Submission& event) override { return office_.submit(event); }
  [[nodiscard]] bool decided(core::EventId own) const override { return office_.decided(own); }
  [[nodiscard]] core::Duration give_back() const override { return life_.config.city.dispatch.give_back; }
  [[nodiscard]] std::vector<net::Server> servers() const override;
  [[nodiscard]] core::Member leader() const override { return life_.engine.node().leader(); }

  // What nodes of the original traffic lights hear.
  void announce(std::string_view datagram) override { lights_air_->say(datagram); }
  void say(const boost::asio::ip::udp::endpoint& to, std::string_view datagram) override {
    life_.sockets.say(to, datagram);
  }

  void open_ways();
  void wake_lights();
  [[nodiscard]] net::OriginalLights::Group lights_group() const;
  void soon();
  void rouse();
  void beacon();
  [[nodiscard]] net::Json address_of(core::Member member) const;

  boost::asio::io_context& io_;
  Life& life_;
  const net::Roster& roster_;
  const NodeOptions& options_;
  net::Office& office_;
  net::Desk& desk_;
  net::Lamps& lamps_;
  Folder::Say say_;
  net::Gateway gateway_;
  std::optional<net::Airwave> air_;
  std::optional<net::Registry> registry_;
  std::optional<net::Airwave> lights_air_;
  std::optional<net::OriginalLights> original_lights_;
  boost::asio::steady_timer alarm_, beacon_alarm_, lights_alarm_;
  bool due_ = false, closed_ = false;
  std::shared_ptr<char> here_ = std::make_shared<char>();  // what was begun ends quietly when this is gone
};

}  // namespace tools
