// The simulated network: who can talk to whom, how long it takes, what is lost. It keeps no messages; it
// decides the fate of each and the caller schedules the arrivals.
//
// Every directed link draws from a random stream of its own, one word a message whatever becomes of it. So neither
// other links, nor more nodes, nor a fault that ended shift what a later message meets.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/rng.hpp"
#include "core/base/time.hpp"
#include "sim/network/geometry.hpp"
#include "sim/network/link_models.hpp"
#include "sim/network/planned_fates.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// What becomes of a message that is sent now.
struct Fate {
  enum class Kind : std::uint8_t { arrives, lost, closed } kind = Kind::arrives;  // closed: the link is not open
  core::Instant at;                                                               // arrives: when
  core::Instant copy = core::Instant::never();  // arrives: when its duplicate does, if ever
};

// A change of links, as a value that can be sent to whoever keeps a network like this one.
struct LinkChange {
  enum class Kind : std::uint8_t { close, patch, lift, lift_all, lift_among } kind = Kind::close;
  std::uint32_t number = 0;  // patch: the fault of the scenario that says how; lift: the handle
  Links links;               // close, patch
  Members members;           // lift_among: ascending
};

class Network {
 public:
  // Link models: network.default, then network.links in order (targets there are names or `all`).
  Network(const Scenario& scenario, std::uint64_t seed);

  // Messages of one link that do not overtake arrive in the order of sending; equal instants are possible, so the
  // caller schedules in that order too, a copy after its original. What is lost on the way has used bandwidth, what
  // meets a closed link has not. Where the scenario names the message's fate (by its type), that holds instead of what
  // would be drawn, and nobody waits for its arrival. REQUIRES: per link, `now` never goes back.
  Fate send(core::Instant now, Member from, Member to, std::size_t bytes, core::MessageType type = {});

  // No fault in force closes it. A node always reaches itself.
  [[nodiscard]] bool open(Member from, Member to) const { return closed_[from].empty() || !closed_[from][to]; }

  // When the news that the connection broke, sent now, arrives: after all that was sent before it, before all that
  // is sent later (the overtaking share excepted), unless the scenario says when. Where all may overtake, how late
  // messages are tells nothing of the connection: there the news takes as long as on any other link, and holds up
  // nothing. Draws from a stream apart, so messages keep their fates.
  core::Instant latency_from(core::Instant now, Member from, Member to);

  // A fault comes into force; the number names it until lift(). Several may close one link.
  using Handle = std::uint32_t;
  Handle close(Links links);
  Handle patch(Links links, const LinkPatch& patch);  // the last patch in force wins, key by key
  void lift(Handle handle);                           // of a handle lifted already: no effect
  void lift_all();
  void lift_among(const Members& members);  // ascending; from the links between two of them
  // Does one of these. Networks with the same history are in the same state and give the same handles.
  Handle apply(const LinkChange& change, const std::vector<Fault>& faults);
  // All links that are closed now, ascending.
  [[nodiscard]] Links closed() const;

 private:
  // What one direction of one link remembers: half a cache line.
  struct State {
    core::Instant last_arrival;  // of what may not be overtaken
    core::Instant busy_until;    // sending what was sent before
    core::Rng rng;
    std::uint32_t model = 0;  // in models_
  };
  struct Closure {
    Handle handle;
    Links links;
  };
  struct Overlay {
    Handle handle;
    Links links;  // ascending
    LinkPatch patch;
  };
  static constexpr Handle kPermanent = 0;  // of network.links

  State& link(Member from, Member to) {
    if (rows_[from].empty()) make_row(from);
    return rows_[from][to];
  }
  static Fate arrival(const PlannedFate& plan, State& state, Duration latency);
  void make_row(Member from);
  void choose_models(Member from);
  void choose_models(const Links& links);
  void mark_closed(const Links& links);

  std::uint64_t seed_;
  std::size_t size_;
  LinkModels models_;
  PlannedFates fates_;
  std::vector<std::vector<State>> rows_;   // by sender; empty until it sends
  std::vector<std::vector<bool>> closed_;  // by sender: whom it does not reach; empty until somebody
  std::vector<Closure> closures_;          // in force, oldest first
  std::vector<Overlay> overlays_;          // in force, oldest first; network.links before all others
  Handle last_handle_ = kPermanent;
};

}  // namespace sim
