// Who has lost its memory, and with which incarnation it begins again. A promise that a member made before that is
// void once a quorum knows; or else it could both keep the promise and, having forgotten it, help an older leader
// (Michael, Ports, Sharma, Szekeres: "Recovering shared objects without stable storage", DISC 2017: crash vectors).
#pragma once

#include <cstdint>
#include <map>

#include "core/base/ids.hpp"

namespace core {

using Memories = std::map<Member, std::uint64_t>;  // who is not named has never lost it

inline std::uint64_t begins(const Memories& memories, Member member) {
  const auto found = memories.find(member);
  return found == memories.end() ? 0 : found->second;
}

}  // namespace core
