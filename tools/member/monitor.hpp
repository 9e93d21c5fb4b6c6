// What a member shows of itself and its group to browsers, scripts and Prometheus (`node --http`): a page, events as
// they happen, the status as one document, metrics and health. Nothing of it exists unless it was asked for.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <string_view>

#include "net/desk/desk.hpp"
#include "net/http/server.hpp"
#include "tools/member/feed.hpp"
#include "tools/member/life.hpp"
#include "tools/member/neighbours.hpp"
#include "tools/member/node_metrics.hpp"

namespace tools {

class Monitor {
 public:
  // Begins to serve. `page`: in HTML. Throws boost::system::system_error if it cannot listen. REQUIRES: office and
  // page outlive the monitor.
  Monitor(boost::asio::io_context& io, const boost::asio::ip::tcp::endpoint& at, const net::Office& office,
          std::string_view page);
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;

  [[nodiscard]] boost::asio::ip::tcp::endpoint at() const { return server_.at(); }
  // The member takes part in its group from now on. REQUIRES: both outlive the monitor.
  void begin(const Life& life, const net::Roster& roster);
  // REQUIRES: begun.
  void on(const core::Record& fact);

 private:
  struct Sample {
    core::Instant at;
    core::Seq commit = 0, delivered = 0;
  };

  [[nodiscard]] net::HttpSite site(std::string_view page);
  [[nodiscard]] net::Json status() const;
  [[nodiscard]] net::Json members(const net::Json& self, core::Instant now) const;
  [[nodiscard]] net::Json rates() const;
  [[nodiscard]] net::HttpAnswer health() const;
  [[nodiscard]] std::string status_event() const;
  [[nodiscard]] core::Instant uptime() const;
  void tick();
  void sample(core::Instant now);
  void tell(core::Instant now);

  const net::Office& office_;
  const core::Instant begun_;
  const Life* life_ = nullptr;
  const net::Roster* roster_ = nullptr;
  Feed feed_;
  FactCounts counts_;
  std::deque<Sample> samples_;  // of a second
  bool changed_ = false;        // since the status was told
  core::Instant told_{}, asked_{};
  boost::asio::steady_timer alarm_;
  Neighbours neighbours_;
  net::HttpServer server_;
};

}  // namespace tools
