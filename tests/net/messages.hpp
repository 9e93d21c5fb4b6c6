// Messages of every type with anything in them that a member could say.
#pragma once

#include "core/base/rng.hpp"
#include "core/group/config.hpp"
#include "core/message/message.hpp"

namespace tests {

core::Config group_of(std::size_t members);
core::Message random_message(core::Rng& rng, core::MessageType type, std::size_t members);

}  // namespace tests
