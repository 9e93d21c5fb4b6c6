// What a node answers to whoever speaks JSON lines at its port, one object each:
//   {"type":"STATUS"}                              answered by what the node knows of itself and its group
//   {"type":"SUBMIT_EVENT","request":7,"event":{"type":"message","payload":"hello","depends_on":["n1:3"],"chain":true}}
//                                                  answered when the group has decided, by
//     {"type":"ACK","request":7,"event":"n2:9","seq":42}   (`seq` null: it has its place, but this node was given the
//                                                           group's state, which does not tell it), or
//     {"type":"REJECT","request":7,"event":"n2:9","reason":"..."} (`event` null: it was not even accepted)
//   {"type":"ADMIT","node":{...}}                  answered by {"type":"ADMITTING"}: a place is asked for in the order
//   {"type":"SIGHTING",...}                        answered by {"type":"SIGHTINGS","heard":[...]}
// Of an event all fields but `payload` may be left out. `chain` makes it depend on the one submitted before it on this
// connection. Any number of events may be under way; answers name the `request`, which may be any JSON. `group` may be
// given with each line, and must be right then. What cannot be done is answered {"type":"ERROR","reason":"..."}, with
// "closed":true if another node, or this one later, may do it.
#pragma once

#include <map>

#include "core/node/node.hpp"
#include "net/discovery/resident.hpp"
#include "net/mesh/visitors.hpp"

namespace net {

// The node behind the desk.
class Office {
 public:
  [[nodiscard]] virtual const std::string& group() const = 0;
  [[nodiscard]] virtual Json status() const = 0;
  // What to answer to somebody who tells of itself.
  virtual std::string meet(const Json& sighting) = 0;
  // Why it takes part in no group now; empty: it does.
  [[nodiscard]] virtual std::string closed() const = 0;
  // These only when it takes part.
  [[nodiscard]] virtual const core::Config& config() const = 0;
  virtual core::EventId submit(const core::Submission& event) = 0;
  [[nodiscard]] virtual bool retiring() const = 0;
  // The group has decided this event, which was submitted here.
  [[nodiscard]] virtual bool decided(core::EventId own) const = 0;
  // In words why not; empty: it is on its way.
  virtual std::string admit(const Resident& newcomer) = 0;

 protected:
  ~Office() = default;
};

class Desk final : public Visitors {
 public:
  // REQUIRES: the office outlives the desk.
  explicit Desk(Office& office) : office_{office} {}

  bool hear(std::string_view line, const std::shared_ptr<Caller>& caller) override;
  // A fact of the node: somebody may wait for it.
  void on(const core::Record& fact);
  // Of the events that a received state covers only those that it rejects have a fact of their own. The others are
  // acknowledged here, to be called once all facts of that state have been heard.
  void answer_covered();
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

 private:
  Json answer(const std::string& type, const Json& call, const std::shared_ptr<Caller>& caller);
  Json submit(const Json& call, const std::shared_ptr<Caller>& caller);
  void answer_waiting(core::EventId id, const char* type, const Json& outcome);
  core::Submission read(const Json& event, const std::shared_ptr<Caller>& caller);

  struct Waiting {
    std::weak_ptr<Caller> caller;
    Json request;
  };

  Office& office_;
  std::map<core::EventId, Waiting> waiting_;
  std::vector<core::EventId> covered_;  // by a state just received, or told in facts of the same turn
  std::map<std::weak_ptr<Caller>, core::EventId, std::owner_less<>> last_;  // submitted by each
};

}  // namespace net
