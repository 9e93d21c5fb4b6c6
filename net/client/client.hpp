// One client at a server of its group: it finds somebody to ask, is assigned a server, registers there and stays until
// the connection breaks, or until what it said has waited too long for its acknowledgement. Then it begins again.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "core/base/time.hpp"
#include "net/client/finder.hpp"
#include "net/client/line_link.hpp"
#include "net/client/role.hpp"

namespace net {

class Client {
 public:
  struct Setting {
    core::Duration heartbeat = core::Duration::s(15);
    core::Duration patience = core::Duration::s(5);  // without an acknowledgement, at the same server
    core::Duration retry = core::Duration::ms(500);  // before it asks again; doubled up to eight times that
  };
  // An object with "event": what happened.
  using News = std::function<void(const Role& role, Json news)>;

  // REQUIRES: io, finder and role outlive the client.
  Client(asio::io_context& io, const Setting& setting, Finder& finder, Role& role, News news);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void start() { ask(); }
  void typed(const std::string& line);
  // It is registered at a server now.
  [[nodiscard]] bool at_home() const { return stage_ == Stage::home; }
  // Nothing that it said waits for an acknowledgement.
  [[nodiscard]] bool settled() const { return role_.waits_since() == core::Instant::never(); }

 private:
  enum class Stage : std::uint8_t { asking, registering, home };

  void ask();
  void dial(const asio::ip::tcp::endpoint& to, Stage stage);
  void hear(const std::string& line);
  void hear_assignment(const Json& payload);
  void begin_again(const std::string& why);
  void say(const Words& words);
  void tend();
  void report();

  Setting setting_;
  Finder& finder_;
  Role& role_;
  News news_;
  Stage stage_ = Stage::asking;
  asio::ip::tcp::endpoint server_;
  LineLink link_;
  asio::steady_timer retry_, due_;
  core::Instant next_beat_{}, asked_{};
  int failures_ = 0;  // in a row
  std::shared_ptr<char> here_ = std::make_shared<char>();
};

}  // namespace net
