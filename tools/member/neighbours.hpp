// What the other members say of themselves: each is asked again and again, as `status` asks, and whoever is slow to
// answer is waited for alone.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "core/base/time.hpp"
#include "net/discovery/line_call.hpp"
#include "net/discovery/roster.hpp"

namespace tools {

class Neighbours {
 public:
  // `changed` is called after each answer. REQUIRES: io outlives the neighbours.
  Neighbours(boost::asio::io_context& io, std::function<void()> changed) : io_{io}, changed_{std::move(changed)} {}

  // All who are known and not being asked.
  void ask(const net::Roster& roster, core::Member self);
  // What it said last, and when: {"said":{...},"since_ms":12,"took_us":340,"trouble":null}. `said` is null when it does
  // not answer, which `trouble` tells why, since `since_ms` ago; null itself: it has not been asked for long.
  [[nodiscard]] net::Json about(core::Member member, core::Instant now) const;

 private:
  struct Neighbour {
    bool asking = false;
    core::Instant asked, changed;  // changed: it answered last, or has not since
    core::Duration took;
    net::Json said;
    std::string trouble;
  };

  void hear(core::Member member, const net::LineCall::Answer& answer);

  boost::asio::io_context& io_;
  std::function<void()> changed_;
  std::map<core::Member, Neighbour> neighbours_;
  std::shared_ptr<char> here_ = std::make_shared<char>();  // what was begun ends quietly when this is gone
};

// Of what a member says of itself, what is told of it to others.
net::Json gist_of(const net::Json& status);

}  // namespace tools
