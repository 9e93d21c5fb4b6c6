// What comes from outside is looked at before a node sees it: a node trusts that whom and what a message names exists.
#pragma once

#include "core/message/message.hpp"

namespace net {

// It could have been sent by a member of a group of `members`: whoever it names is one of them, entries are consecutive
// and connect, events have one origin and ascending numbers. What it says may be false all the same.
bool is_sound(const core::Message& message, std::size_t members);

}  // namespace net
