// Bodies that are about to be filled in.
#pragma once

#include "core/message/message.hpp"

namespace net {

namespace detail {

template <std::size_t... Index>
core::Body empty_body(std::size_t type, std::index_sequence<Index...>) {
  core::Body body;
  (void)((type == Index && (body.emplace<Index>(), true)) || ...);
  return body;
}

}  // namespace detail

inline core::Body empty_body(core::MessageType type) {
  return detail::empty_body(static_cast<std::size_t>(type), std::make_index_sequence<core::kMessageTypes>{});
}

// Sets of members need to know how many there may be.
template <class T>
void make_room(T& body, std::size_t members) {
  T::fields(body, [&](const char*, auto& field) {
    if constexpr (std::is_same_v<std::decay_t<decltype(field)>, core::MemberSet>) field = core::MemberSet{members};
  });
}

}  // namespace net
