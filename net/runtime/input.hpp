// All that a node can be given. Whatever else there is, clock, sockets and disk, reaches it through these.
#pragma once

#include <variant>

#include "core/node/node.hpp"

namespace net {

struct Start {};
struct LinkDown {
  core::Member peer = core::kNobody;
};
struct Wake {};
struct Leave {};
struct Retire {};
using Input = std::variant<Start, core::Message, LinkDown, Wake, core::Submission, Leave, Retire, core::LampReport>;

// Returns the id of a submission that the node has accepted.
core::EventId give(core::Node& node, core::Instant now, const Input& input, core::Effects& out);

}  // namespace net
