// What a step of a node wants done, in order. The runtime carries the list out from front to back; a message
// leaves only after every Persist before it is safe on disk. A `deliver` fact is the delivery.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/city/lamp.hpp"
#include "core/message/message.hpp"
#include "core/store/durable.hpp"
#include "core/trace/record.hpp"

namespace core {

struct Effect {
  enum class Kind : std::uint8_t { persist, send, fact, order } kind{};
  Member to = kNobody;      // send
  std::uint32_t index = 0;  // into persists(), messages(), facts() or orders(); several sends may share one message
};

// Owned by the runtime and used again for each step: clear() keeps the memory.
class Effects {
 public:
  void persist(Persist record);
  // Makes a message that send() can give to any number of receivers; they share one copy.
  std::uint32_t make(Message message);
  void send(Member to, std::uint32_t message);
  void send(Member to, Message message) { send(to, make(std::move(message))); }
  // `record.at` is stamped by the runtime.
  void fact(Record record);
  void fact(Record record, EventRef event);  // keeps the event alive
  void fact(Record record, Details details);
  void order(const LampOrder& order);

  void clear();
  [[nodiscard]] const std::vector<Effect>& list() const { return list_; }
  [[nodiscard]] const std::vector<Persist>& persists() const { return persists_; }
  // Messages may be moved out by the runtime, each once, after its last send.
  [[nodiscard]] std::vector<Message>& messages() { return messages_; }
  [[nodiscard]] const std::vector<Record>& facts() const { return facts_; }
  // For the lamps that hang at the node.
  [[nodiscard]] const std::vector<LampOrder>& orders() const { return orders_; }

 private:
  std::vector<Effect> list_;
  std::vector<Persist> persists_;
  std::vector<Message> messages_;
  std::vector<Record> facts_;
  std::vector<LampOrder> orders_;
  std::vector<EventRef> kept_;
  std::deque<Details> details_;  // a deque, since facts point into it
};

}  // namespace core
