// Nodes of the original traffic lights as lamps that only display: this member speaks their protocol, as one of them
// with an id above theirs, so that they take the group's leader for theirs and never lead themselves. They come to be
// green one after another, with yellow and all-red between; nobody's safety hangs on them, since they know no leases.
//
// One JSON object a datagram, {"type","sender_id","sender_name","payload"}: DISCOVERY to everybody every 2 s; ELECTION
// of a lower id is answered by ANSWER; the leader tells COORDINATOR until it is acknowledged, and ANSWER once more
// after it, since the originals forget the first one then and lead after 5 s; PHASE_UPDATEs go to each peer one at a
// time, again and again until its ACK, each after a STATE_SYNC with the number before it, so that no gap stops it.
#pragma once

#include <boost/asio/ip/udp.hpp>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"
#include "core/city/plan.hpp"
#include "net/discovery/resident.hpp"

namespace net {

// How it is heard: everybody's group, and one peer.
class Voice {
 public:
  virtual void announce(std::string_view datagram) = 0;
  virtual void say(const boost::asio::ip::udp::endpoint& to, std::string_view datagram) = 0;

 protected:
  ~Voice() = default;
};

class OriginalLights {
 public:
  using Endpoint = boost::asio::ip::udp::endpoint;
  using Id = std::uint64_t;

  static constexpr core::Duration kAnnounce = core::Duration::s(2), kAgain = core::Duration::ms(500);
  static constexpr core::Duration kPatience = core::Duration::s(6);  // with a peer that says nothing
  static constexpr int kTries = 5;                                   // of COORDINATOR
  static constexpr std::size_t kMostPeers = 200, kMostWaiting = 100;

  struct Self {
    Id id = 0;
    std::string name;
    std::uint16_t port = 0;  // where peers reach it
  };
  // The group as this member sees it.
  struct Group {
    bool leads = false;
    std::optional<Id> leader;
    std::map<Id, std::string> members;
  };

  // REQUIRES: the voice outlives the lights. `plan`: how long they are green, yellow and all red.
  OriginalLights(Self self, const core::LightsPlan& plan, Voice& voice);

  // False: the datagram is none of theirs.
  bool hear(core::Instant now, std::string_view datagram, const Endpoint& from, const Group& group);
  // Does what is due. Returns when to call it again.
  core::Instant wake(core::Instant now, const Group& group);

  [[nodiscard]] std::size_t peers() const { return peers_.size(); }

 private:
  struct Peer {
    Endpoint at;
    core::Instant heard, told;  // told: the update under way
    core::Instant said;         // COORDINATOR
    int tries = 0;              // of it that are left
    std::deque<Json> updates;   // the first is under way, if told
    bool under_way = false;
  };

  void meet(core::Instant now, Id id, const Endpoint& at, bool leads);
  void take(const std::string& type, const Json& payload, Id id, Peer& peer, bool original, const Group& group);
  void answer_election(const Peer& peer, const Group& group);
  void take_update(const Peer& peer, const Json& payload);
  void take_ack(Peer& peer, const Json& payload);
  void take_nack(const Peer& peer, const Json& payload);
  void take_over(core::Instant now);
  void move_on(core::Instant now, const Group& group);
  void tell(core::Instant now, Peer& peer);
  void coordinate(const Peer& peer, Id leader, const std::string& name);
  void say(const Peer& peer, const char* type, Json payload);
  [[nodiscard]] Json update(std::uint64_t seq) const;

  Self self_;
  core::Duration spans_[3];  // green, yellow, all red
  Voice& voice_;
  std::map<Id, Peer> peers_;
  std::uint64_t seq_ = 0;  // of the last update that was sent, or heard
  bool leads_ = false;
  Id green_ = 0;  // whose turn it is
  int part_ = 2;  // of its turn: green, yellow, all red
  core::Instant announced_, turns_;
  Json phases_ = Json::object();
};

}  // namespace net
