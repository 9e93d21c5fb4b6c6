// The cars, ambulances and hospitals of emergency dispatch: each sits at a server, submits there what it wants and
// reads there what has become of it. One that gets no answer goes to the next server that runs and wants it again.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "sim/world/clients.hpp"
#include "sim/world/hosts.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

class Fleet {
 public:
  // REQUIRES: all but the seed outlive the fleet.
  Fleet(const Scenario& scenario, std::uint64_t seed, Timeline& timeline, Hosts& hosts);

  void schedule();
  // Due::Kind::client: one of them looks at its server, or the next car has a crash.
  void on(const Due& due);

 private:
  struct Client {
    std::string name;
    std::variant<Car, Ambulance, Hospital> device;
    Stay stay{};
    bool off = false;
    bool looks = false;     // its next look is in the timeline
    core::Instant content;  // since then it waits for one and the same thing
    std::string asked{};    // what it has submitted for that; empty: nothing
  };

  void crash_happens();
  void look_later(std::size_t client, core::Instant when);
  void look(Client& client);
  std::optional<core::Submission> wish_of(Client& client, const core::Dispatch& shown);
  void submit(Client& client, const core::Submission& wish);
  void renew(Client& client);
  void move(Client& client);
  void stay_away(Client& client, const DispatchLoad::Away& away);
  [[nodiscard]] const DispatchLoad::Away* away(const Client& client) const;
  [[nodiscard]] core::Place some_place(std::uint64_t kind, std::uint64_t number) const;

  const Scenario& scenario_;
  const DispatchLoad& load_;
  std::uint64_t seed_;
  Timeline& timeline_;
  Hosts& hosts_;
  std::vector<Client> clients_;  // cars first
  std::uint64_t crashes_ = 0;
};

}  // namespace sim
