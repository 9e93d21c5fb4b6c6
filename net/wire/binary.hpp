// The compact form of messages, which members speak between themselves: type, sender, its clock, then the fields in
// their order (core/base/codec.hpp). Versioned by the connection that carries it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/codec.hpp"
#include "core/message/message.hpp"

namespace net {

void put_binary(core::Writer& out, const core::Message& message);
std::string to_binary(const core::Message& message);
// Nothing if the bytes, or those that come next, are no sound message in a group of `members`.
std::optional<core::Message> get_binary(core::Reader& in, std::size_t members);
std::optional<core::Message> from_binary(std::string_view bytes, std::size_t members);

}  // namespace net
