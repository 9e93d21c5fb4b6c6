// Serves the clients of the original dispatch system: takes what they say for the group, and tells them what the group
// has decided. Whatever a client is to be told follows from the city's state at this node, so it is told again wherever
// the client turns up.
//
// A report is acknowledged when the group has it for good, not before: `ack_crash` means that the crash will be served.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>

#include "core/trace/record.hpp"
#include "net/gateway/city_node.hpp"
#include "net/gateway/client_line.hpp"
#include "net/gateway/servers.hpp"
#include "net/gateway/slow_line.hpp"

namespace net {

// The ambulance has been sent there, and is not back.
constexpr bool under_way(core::Step step) {
  return step >= core::Step::dispatched && step <= core::Step::at_hospital;
}

class Gateway {
 public:
  static constexpr core::Duration kPatience = core::Duration::s(30);  // with a client that says nothing
  static constexpr core::Duration kWatch = core::Duration::s(1);      // how often that is looked at
  static constexpr core::Duration kTryAgain = core::Duration::ms(200);

  using Say = std::function<void(const std::string&)>;

  // `say` hears what is wrong with clients' lines. REQUIRES: the node outlives the gateway.
  Gateway(CityNode& node, Say say) : node_{node}, say_{std::move(say)} {}

  // False: the line is of no such client. wake() is due after it.
  bool hear(core::Instant now, std::string_view line, const std::shared_ptr<Caller>& caller);
  // A fact of the node. wake() is due after it, once dispatch() shows what it tells of.
  void on(const core::Record& fact);
  // Does and says what is due. Returns when it is to be called again, at the latest.
  core::Instant wake(core::Instant now);
  // All clients are to go elsewhere.
  void close();

  [[nodiscard]] std::size_t clients() const { return clients_.size(); }
  [[nodiscard]] Servers& servers() { return servers_; }

 private:
  // What an ambulance has said of its call and the group has not decided.
  struct Ahead {
    std::string crash;
    core::Step step{};
    core::EventId event;
  };
  struct Client {
    ClientType type{};
    SlowLine line;
    core::Instant heard{};
    core::UnitReport report{};                // the last one of this unit; session 0: none here
    core::EventId reported{};                 // the event that holds it
    std::optional<std::int64_t> occupancy{};  // as the hospital last said it
    std::set<std::string> told{};             // of these crashes
    std::optional<Ahead> ahead{};
  };
  // Something to be said when an event is decided.
  struct Owed {
    std::string client;
    std::string message;  // "": nothing
    core::Submission event;
  };
  // What an ambulance was dispatched to, as far as is known here: with what it has said and is not decided.
  struct Call {
    std::string id;
    core::Crash crash;
  };

  // All of these return false if the node takes no events now; the line is to be heard again then.
  bool take(const ClientLine& line);
  bool take_crash(const ClientLine& line);
  bool take_register(Client& client, const ClientLine& line);
  bool take_availability(Client& client, const ClientLine& line, bool available);
  bool take_steps(Client& client, const ClientLine& line, core::Step last);
  bool take_beds(Client& client, const ClientLine& line, std::int64_t beds);
  bool take_location(Client& client, const ClientLine& line);
  bool claim(Client& client, const std::string& name, std::optional<core::Place> at = {});
  bool report(Client& client, core::UnitReport next, const std::string& message);
  bool submit(const std::string& client, const core::Submission& event, const std::string& message,
              core::EventId* id = nullptr);

  Client* admit(const ClientLine& line, const std::shared_ptr<Caller>& caller);
  void assign(const std::shared_ptr<Caller>& caller);
  Client* find(const std::string& name, ClientType type);
  [[nodiscard]] std::optional<Call> call_of(const std::string& name, const Client& client) const;
  [[nodiscard]] const core::Unit* unit_of(const Client& client, const std::string& name) const;

  void settle();
  void keep(const std::string& name, Client& client);
  void forget_told(const std::string& name, Client& client) const;
  void tell_of(const std::string& id, const core::Crash& crash);
  [[nodiscard]] std::uint64_t admitted_at(const std::string& hospital) const;
  void watch(core::Instant now);
  void give_up_absent(core::Instant now, core::UnitKind kind);
  [[nodiscard]] std::string message(std::string_view status, Json payload) const;
  [[nodiscard]] std::string ack(const ClientLine& line, const Json& more = Json::object()) const;

  CityNode& node_;
  Say say_;
  Servers servers_{node_};
  std::map<std::string, Client> clients_;
  std::deque<ClientLine> later_;  // the node took no more
  std::map<core::EventId, Owed> owed_;
  std::set<core::EventId> rejected_;
  std::map<std::pair<core::UnitKind, std::string>, core::Instant> absent_;  // units that should be here, since when
  std::uint64_t crashes_ = 0;                                               // reported here
  core::Instant watch_;                                                     // when the silent are looked for
};

}  // namespace net
