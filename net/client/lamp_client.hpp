// One lamp (core/city/lamp.hpp) at its keeper: it obeys what it is told, and goes through yellow to red by itself when
// it is told nothing. Where it hangs a node tells it; the lines are those of net/gateway/lamps.hpp.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "core/city/lamp.hpp"
#include "net/client/finder.hpp"
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

  void start() { dial(finder_.whom_to_ask()); }

 private:
  void dial(const std::optional<asio::ip::tcp::endpoint>& to);
  void listen();
  void hear(const std::string& line);
  void hear_error(const Json& said);
  void report();
  void write();
  void begin_again(const std::string& why);
  void close();
  void changed();
  void sleep();
  auto mine(auto then);

  asio::io_context& io_;
  Finder& finder_;
  core::LightsPlan plan_;
  core::Lamp lamp_;
  News news_;
  asio::ip::tcp::socket socket_;
  asio::steady_timer retry_, change_;
  asio::streambuf heard_;
  std::deque<std::string> lines_;  // to be written; the first is being written
  bool connected_ = false;
  std::uint64_t connection_ = 0;  // what was begun for an earlier one ends quietly
  std::shared_ptr<char> here_ = std::make_shared<char>();
};

}  // namespace net
