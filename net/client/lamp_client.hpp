// One lamp (core/city/lamp.hpp) at its keeper: it obeys what it is told, and goes through yellow to red by itself when
// it is told nothing. Where it hangs a node tells it; the lines are those of net/gateway/lamps.hpp.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "core/city/lamp.hpp"
#include "net/client/finder.hpp"
#include "net/client/line_link.hpp"
#include "net/discovery/resident.hpp"

namespace net {

class LampClient {
 public:
  // An object with "event": colour, connected, disconnected, or unknown (there is no such lamp).
  using News = std::function<void(Json)>;

  // The plan is only for the names of approaches. REQUIRES: io and finder outlive the client.
  LampClient(asio::io_context& io, Finder& finder, core::LampName name, const core::LightsPlan& plan, News news);
  LampClient(const LampClient&) = delete;
  LampClient& operator=(const LampClient&) = delete;

  void start();

 private:
  void hear(const std::string& line);
  void hear_error(const Json& said);
  void report();
  void begin_again(const std::string& why);
  void changed();
  void sleep();

  Finder& finder_;
  core::LightsPlan plan_;
  core::Lamp lamp_;
  News news_;
  LineLink link_;
  asio::steady_timer retry_, change_;
  bool connected_ = false;
  std::shared_ptr<char> here_ = std::make_shared<char>();
};

}  // namespace net
