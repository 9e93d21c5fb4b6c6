// Members and events as people and other programs write them: "n1", "n1:7" (the seventh of n1), "n1~2:7" (of the memory
// that n1 began with its second incarnation), "@3:1" (the first that the group wrote for itself in epoch 3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/group/config.hpp"

namespace core {

std::string name_of(const Config& config, Member member);  // "nobody" for kNobody
std::string name_of(const Config& config, EventId id);

// Nothing if there is no such member, or if this is no event's name.
std::optional<Member> member_named(const Config& config, std::string_view name);
std::optional<EventId> event_named(const Config& config, std::string_view name);

}  // namespace core
