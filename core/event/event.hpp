// What is put in order: events of origins, and the entries that the group writes for itself.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/ids.hpp"

namespace core {

// Immutable once made; logs, messages and deliveries share one copy through an EventRef.
struct Event {
  EventId id;
  std::vector<EventId> depends_on;  // delivered before this one, or this one is rejected
  std::string type;                 // the application's; for the group's own: "epoch_started", "rejected"
  std::string payload;              // opaque bytes; for "rejected": the reason, in words
  EventId rejects;                  // "rejected" only: whom it turns down

  static void fields(auto& m, auto&& visit) {
    visit("id", m.id), visit("depends_on", m.depends_on), visit("type", m.type), visit("payload", m.payload);
    visit("rejects", m.rejects);
  }
  friend bool operator==(const Event&, const Event&) = default;
};

using EventRef = std::shared_ptr<const Event>;

// Bytes that an event takes in a window, a buffer or on the wire.
inline std::size_t size_of(const Event& event) {
  return 48 + event.type.size() + event.payload.size() + event.depends_on.size() * sizeof(EventId);
}

// A place in the log, filled. Equal (seq, epoch) means equal event, on every node.
struct Entry {
  Seq seq = 0;
  Epoch epoch = 0;  // in which it was sequenced
  EventRef event;

  [[nodiscard]] Point point() const { return {epoch, seq}; }
  static void fields(auto& m, auto&& visit) { visit("seq", m.seq), visit("epoch", m.epoch), visit("event", m.event); }
  friend bool operator==(const Entry& a, const Entry& b) {
    return a.seq == b.seq && a.epoch == b.epoch && (a.event == b.event || *a.event == *b.event);
  }
};

}  // namespace core
