// Members, events and times as people read them.
#pragma once

#include <string>

#include "core/group/config.hpp"
#include "sim/check/bits.hpp"

namespace sim {

// REQUIRES: the configuration outlives it. Members outside the group are written as numbers.
class Names {
 public:
  explicit Names(const core::Config& group) : group_{&group} {}

  [[nodiscard]] std::string of(core::Member member) const;  // "n1"; kNobody: "nobody"
  [[nodiscard]] std::string of(core::EventId id) const;     // "n1:5", "n1~2:5" after amnesia, "@3:1" of the group
  [[nodiscard]] std::string of(const Bits& members) const;  // "n1, n2 and n3"; many: "n1, n2, n3 and 47 more"

 private:
  const core::Config* group_;
};

// Seconds to the millisecond, cut off: "12.345 s".
std::string in_seconds(core::Duration span);
inline std::string in_seconds(core::Instant at) {
  return in_seconds(at - core::Instant{});
}

// "1 event", "2 events".
std::string counted(std::uint64_t count, const std::string& noun);

}  // namespace sim
