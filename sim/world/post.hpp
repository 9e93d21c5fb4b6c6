// Carries messages between members: keeps them while they travel and writes what becomes of each.
#pragma once

#include <cstdint>
#include <utility>

#include "sim/network/network.hpp"
#include "sim/world/message_pool.hpp"
#include "sim/world/recorder.hpp"
#include "sim/world/script.hpp"
#include "sim/world/timeline.hpp"

namespace sim {

class Post {
 public:
  // `script`: where to write down how messages travel; null: nowhere. REQUIRES: all outlive the post.
  Post(Timeline& timeline, Network& network, Recorder& recorder, Script* script);

  // A message that will be sent to any number of members; the caller releases it after the last.
  MessagePool::Slot take_in(core::Message message) { return pool_.put(std::move(message)); }
  void release(MessagePool::Slot slot) { pool_.release(slot); }

  // Writes `send`, and `drop` at once if it is lost or the link is closed; else its arrivals are due.
  void send(core::Link link, MessagePool::Slot slot, core::Epoch epoch);

  // REQUIRES for all below: `due` is an arrival; it ends with received() + release() or with one of the drops.
  [[nodiscard]] bool open(const Due& due) const { return network_.open(due.peer(), due.node()); }
  [[nodiscard]] const core::Message& message(const Due& due) const { return pool_.at(due.arg); }
  void received(const Due& due);  // writes `recv`
  void drop_at_closed_link(const Due& due) { drop(due, closed_); }
  void drop_at_dead_node(const Due& due) { drop(due, down_); }

 private:
  [[nodiscard]] core::Record record(core::Kind kind, core::Link link, MessagePool::Slot slot) const;
  void drop(const Due& due, const core::Details& why);

  Timeline& timeline_;
  Network& network_;
  Recorder& recorder_;
  Script* script_;
  MessagePool pool_;
  const core::Details lost_, closed_, down_;  // reasons, as `drop` records name them
};

}  // namespace sim
