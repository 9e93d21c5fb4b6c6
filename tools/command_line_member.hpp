// The commands of a live group, as the user typed them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/group/config.hpp"
#include "net/wire/frames.hpp"

namespace CLI {
class App;
}

namespace tools {

// How nodes hear of each other.
struct WaysOptions {
  bool multicast = false, beacon = false;
  std::vector<std::string> seeds;  // HOST:PORT
  std::string multicast_group = "239.255.255.250";
  std::uint16_t multicast_port = 5007, beacon_port = 9999;
  core::Duration interval = core::Duration::s(2);
};

// Where a node can be looked at with a browser.
struct HttpOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any that is free
};

struct NodeOptions {
  std::string host = "127.0.0.1";
  std::uint16_t tcp_port = 8888, udp_port = 8888;
  std::string data;  // folder
  std::string group = "bellwether";
  std::size_t expect = 0, places = 16;
  WaysOptions ways;
  std::uint16_t registry_port = 0;  // 0: none
  bool original_lights = false;     // nodes of the original traffic lights hang on
  std::optional<core::Id128> id;    // none: made once and kept
  std::string name;                 // "": by the id
  std::int64_t rank = 0;
  net::Form wire = net::Form::binary;
  std::string record;  // folder of recordings; "": none
  bool print = false;  // events on stdout as they are delivered
  std::optional<HttpOptions> http;
  core::Config settings;  // but for the members
};

// Whom to ask: addresses, or whoever is heard of.
struct WhomOptions {
  std::vector<std::string> addresses;  // HOST:PORT
  std::string group = "bellwether";
  std::string host = "127.0.0.1";  // whose network is listened to
  WaysOptions ways;
};

struct StatusOptions {
  WhomOptions whom;
  bool json = false;
};

struct SubmitOptions {
  WhomOptions whom;
  std::string type = "message";
  bool chain = false;  // each event depends on the one before it
  bool json = false;
  core::Duration timeout = core::Duration::s(30);  // without an answer, while one is due: the node counts as dead
};

// The parser writes into these; values stay text until they are checked.
struct MemberTyped {
  struct Ways {
    std::vector<std::string> discovery, seeds;
    std::string multicast_group, multicast_port, beacon_port, interval;
  };
  struct Node {
    std::string config, host, tcp_port, udp_port, data, group, expect, places, id, name, rank, wire, storage, record;
    std::string dispatch, give_back, registry_port, http;
    bool original_lights = false;
    bool print = false;
  } node;
  Ways node_ways, status_ways, submit_ways;
  StatusOptions status;
  SubmitOptions submit;
  std::string submit_timeout;
};

void add_member_commands(CLI::App& app, MemberTyped& typed);

// All throw BadInput.
NodeOptions finish_node(const MemberTyped& typed);
StatusOptions finish_status(const MemberTyped& typed);
SubmitOptions finish_submit(const MemberTyped& typed);

}  // namespace tools
