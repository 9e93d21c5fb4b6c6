#include "core/group/names.hpp"

#include <algorithm>
#include <charconv>

namespace core {
namespace {

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

}  // namespace

std::string name_of(const Config& config, Member member) {
  if (member == kNobody) return "nobody";
  return member < config.size() ? config.members[member].name : "member " + std::to_string(member);
}

std::string name_of(const Config& config, EventId id) {
  const std::string number = ":" + std::to_string(id.number);
  if (id.internal()) return "@" + std::to_string(id.epoch()) + number;
  const std::string origin = name_of(config, id.member());
  return (id.incarnation() == 0 ? origin : origin + "~" + std::to_string(id.incarnation())) + number;
}

std::optional<Member> member_named(const Config& config, std::string_view name) {
  const auto found =
      std::find_if(config.members.begin(), config.members.end(), [&](const auto& m) { return m.name == name; });
  if (found == config.members.end()) return std::nullopt;
  return static_cast<Member>(found - config.members.begin());
}

std::optional<EventId> event_named(const Config& config, std::string_view name) {
  const std::size_t colon = name.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto number = number_in(name.substr(colon + 1));
  std::string_view origin = name.substr(0, colon);
  if (!number) return std::nullopt;
  if (origin.starts_with('@')) {
    const auto epoch = number_in(origin.substr(1));
    return epoch && *epoch >> 63 == 0 ? std::optional{EventId::made_in(*epoch, *number)} : std::nullopt;
  }
  std::optional<std::uint64_t> incarnation = 0;
  auto member = member_named(config, origin);  // a name may have a tilde of its own
  if (const std::size_t tilde = origin.rfind('~'); !member && tilde != std::string_view::npos) {
    incarnation = number_in(origin.substr(tilde + 1));
    member = member_named(config, origin.substr(0, tilde));
  }
  if (!member || !incarnation || *incarnation >> 47 != 0) return std::nullopt;
  return EventId::of(*member, *number, *incarnation);
}

}  // namespace core
