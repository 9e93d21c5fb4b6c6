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
  state_sync,
  state_wanted,
  join,
  leave,
  recover,
  recovery,
  settings,
};
constexpr std::size_t kMessageTypes = 21;

constexpr std::string_view name_of(MessageType type) {
  constexpr std::array<std::string_view, kMessageTypes> names{
      "HEARTBEAT",  "ELECTION",     "ANSWER", "CLAIM", "PROMISE", "REFUSE",   "FETCH",
      "ENTRIES",    "COORDINATOR",  "SUBMIT", "ORDER", "ACK",     "NACK",     "RESUBMIT",
      "STATE_SYNC", "STATE_WANTED", "JOIN",   "LEAVE", "RECOVER", "RECOVERY", "SETTINGS"};
  return names[static_cast<std::size_t>(type)];
}

}  // namespace core
