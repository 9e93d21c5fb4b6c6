// `client`, as the user typed it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/city/plan.hpp"

namespace CLI {
class App;
}

namespace tools {

// Which lamp of the group's lights. Its plan is only for the names of approaches.
struct LampOptions {
  std::string text;  // "1/north"
  core::LampName name;
  core::LightsPlan plan;
};

struct ClientOptions {
  std::string type;                  // car, ambulance or hospital
  std::string id;                    // of one client, or what those of a fleet begin with
  std::uint32_t fleet = 0;           // so many at once; 0: one, which a person may steer
  std::vector<std::string> servers;  // HOST:PORT; none: beacons are listened to
  std::string host = "127.0.0.1";    // whose network is listened to
  std::uint16_t beacon_port = 9999;
  core::Duration discover_timeout = core::Duration::s(15), heartbeat_interval = core::Duration::s(15);
  std::optional<core::Duration> lasts;  // none: until it is stopped
  core::Place at{48'780'000, 9'180'000};
  core::Duration crash_every{};        // of each car; 0: by hand
  core::Duration first_crash{};        // of a single car; those of a fleet take turns
  std::uint64_t crashes = UINT64_MAX;  // of all cars together
  std::int64_t beds = 4;
  core::Duration stay = core::Duration::s(30);
  std::optional<core::Duration> leg, handover;
  std::uint64_t seed = 1;
  std::optional<LampOptions> lamp;  // light
  bool by_hand = false, json = false;
};

// The parser writes into these; values stay text until they are checked.
struct ClientTyped {
  ClientOptions options;
  std::string fleet, beacon_port, discover_timeout, heartbeat_interval, lasts, at, crash_every, crashes, beds, stay,
      leg, handover, seed, lamp;
};

void add_client_command(CLI::App& app, ClientTyped& typed);
// Throws BadInput.
ClientOptions finish_client(const ClientTyped& typed);

}  // namespace tools
