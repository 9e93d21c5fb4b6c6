#include "sim/check/names.hpp"

#include "core/group/names.hpp"

namespace sim {

std::string Names::of(core::Member member) const {
  return core::name_of(*group_, member);
}

std::string Names::of(core::EventId id) const {
  return core::name_of(*group_, id);
}

std::string Names::of(const Bits& members) const {
  constexpr std::size_t kShown = 5;
  const std::size_t total = members.count();
  const std::size_t shown = total <= kShown ? total : kShown - 2;
  std::string text;
  std::size_t place = 0;
  members.each([&](std::size_t member) {
    if (place++ >= shown) return;
    if (place > 1) text += place == total ? " and " : ", ";
    text += of(static_cast<core::Member>(member));
  });
  return shown == total ? text : text + " and " + std::to_string(total - shown) + " more";
}

std::string in_seconds(core::Duration span) {
  const std::int64_t ms = span.ns / 1'000'000;
  const std::string fraction = std::to_string(1000 + ms % 1000);
  return std::to_string(ms / 1000) + "." + fraction.substr(1) + " s";
}

std::string counted(std::uint64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace sim
