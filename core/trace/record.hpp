// The facts of a run, typed. Traces, digests, invariants, viewers: all read these and nothing else.
// A record is small and flat; what few kinds need hangs off `event` or `more`, valid during the call only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/city/facts.hpp"
#include "core/event/event.hpp"
#include "core/message/type.hpp"

namespace core {

enum class Kind : std::uint8_t {
  start,
  restart,
  crash,
  pause,
  resume,
  send,
  recv,
  drop,
  suspect,
  trust,
  role,
  leader,
  submit,
  order,
  commit,
  deliver,
  ack,
  reject,
  fault,
  heal,
  violation,
  snapshot,
  leave,
  refused,
  dispatch,
  light,
};
constexpr std::size_t kKinds = 26;

constexpr std::string_view name_of(Kind kind) {
  constexpr std::array<std::string_view, kKinds> names{
      "start", "restart", "crash",     "pause",    "resume", "send",    "recv",     "drop", "suspect",
      "trust", "role",    "leader",    "submit",   "order",  "commit",  "deliver",  "ack",  "reject",
      "fault", "heal",    "violation", "snapshot", "leave",  "refused", "dispatch", "light"};
  return names[static_cast<std::size_t>(kind)];
}

// recovering: it has lost its memory and asks the others; learner: it follows and has no vote.
enum class Role : std::uint8_t { follower, electing, claiming, leader, recovering, learner };

constexpr std::string_view name_of(Role role) {
  constexpr std::array<std::string_view, 6> names{"follower", "electing",   "claiming",
                                                  "leader",   "recovering", "learner"};
  return names[static_cast<std::size_t>(role)];
}

struct Link {
  Member from = 0, to = 0;
  friend constexpr auto operator<=>(const Link&, const Link&) = default;
};

// What only rare kinds carry.
struct Details {
  std::string text{};           // drop, reject, refused: the reason; fault, heal: its name; violation: the invariant
  std::string detail{};         // violation: what happened, in words
  std::vector<Member> nodes{};  // fault, heal: whom it strikes
  std::vector<Link> closed{};   // fault, heal: all links now closed, ascending
  DispatchFact dispatch{};      // dispatch
  LightFact light{};            // light
};

struct Record {
  Instant at{};  // true time since the start of the run
  Kind kind{};
  Role role{};                  // role
  MessageType type{};           // send, recv, drop
  bool forgot = false;          // start, restart: its surviving state was damaged and dropped
  Member node = kNobody;        // whose record it is; drop: the receiver that did not get it
  Member peer = kNobody;        // send: to; recv, drop: from; suspect, trust, refused: whom; leader: the leader
                                // (kNobody = null)
  std::uint32_t phi_milli = 0;  // suspect, trust: for display, not in the digest
  bool left = false;            // crash: it has left the group, as it was asked to by `leave`
  Epoch epoch = 0;              // role, leader, order, commit, deliver, snapshot (the entry's); send: the sender's
  Seq seq = 0;                  // order, commit, deliver, ack, snapshot; start, restart: what its state covers
  std::uint64_t number =
      0;         // send, recv, drop: the message's; start, restart: incarnation; fault, heal: place in the file, from 0
  EventId id{};  // submit, order, deliver, ack, reject (null event: number 0)
  const Event* event = nullptr;   // submit, deliver; order, if it changes the voters
  const Details* more = nullptr;  // drop, reject, refused, fault, heal, violation, dispatch, light
};

// Takes the records of one run, in order. An implementation copies what it wants to keep.
struct RecordSink {
  virtual ~RecordSink() = default;
  virtual void on(const Record& record) = 0;
};

}  // namespace core
