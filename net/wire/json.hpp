// The readable form of messages, one JSON object each, which a script in any language may speak:
//   {"type":"ACK","sender_id":"n2","timestamp":1200000000,"number":9,"group":"demo","epoch":3,"voter":"n2","hops":0,
//    "matched":17}
// The header is `type`, `sender_id`, `timestamp` (nanoseconds by the sender's clock), `number` (of the sender's
// messages; may be missing), `group` and `epoch` (0 for a message that is of none); then come the fields of the type,
// by name. Members are their names, null for nobody; sets
// of members, arrays of names; events "n1:7" (core/group/names.hpp); places in the log [epoch, seq]; memories and
// settings, objects. Bytes are a string if they are UTF-8, else an array of numbers.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/group/config.hpp"
#include "core/message/message.hpp"

namespace net {

std::string to_json(const core::Message& message, const core::Config& config, const std::string& group);

// The message, or in words what is wrong with it. Fields that nobody knows are ignored.
std::variant<core::Message, std::string> from_json(std::string_view text, const core::Config& config,
                                                   const std::string& group);

}  // namespace net
