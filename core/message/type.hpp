// The kinds of message between members, by their names on the wire and in traces.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace core {

enum class MessageType : std::uint8_t {
  heartbeat,
  election,
  answer,
  claim,
  promise,
  refuse,
  fetch,
  entries,
  coordinator,
  submit,
  order,
  ack,
  nack,
  resubmit,
};

constexpr std::string_view name_of(MessageType type) {
  constexpr std::array<std::string_view, 14> names{"HEARTBEAT", "ELECTION", "ANSWER",  "CLAIM",       "PROMISE",
                                                   "REFUSE",    "FETCH",    "ENTRIES", "COORDINATOR", "SUBMIT",
                                                   "ORDER",     "ACK",      "NACK",    "RESUBMIT"};
  return names[static_cast<std::size_t>(type)];
}

}  // namespace core
