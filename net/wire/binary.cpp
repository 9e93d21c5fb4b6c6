#include "net/wire/binary.hpp"

#include "net/wire/body.hpp"
#include "net/wire/sound.hpp"

namespace net {

void put_binary(core::Writer& out, const core::Message& message) {
  out.put(message.type()), out.put(message.from), out.put(message.sent), out.put(message.number);
  std::visit([&](const auto& body) { out.put(body); }, message.body);
}

std::string to_binary(const core::Message& message) {
  core::Writer out;
  put_binary(out, message);
  return out.take();
}

std::optional<core::Message> get_binary(core::Reader& in, std::size_t members) {
  std::uint64_t type = 0;
  core::Message message;
  in.get(type), in.get(message.from), in.get(message.sent), in.get(message.number);
  if (type >= core::kMessageTypes) return std::nullopt;
  message.body = empty_body(static_cast<core::MessageType>(type));
  std::visit(
      [&](auto& body) {
        make_room(body, members);
        in.get(body);
      },
      message.body);
  if (!in.ok() || !is_sound(message, members)) return std::nullopt;
  return message;
}

std::optional<core::Message> from_binary(std::string_view bytes, std::size_t members) {
  core::Reader in(bytes);
  std::optional<core::Message> message = get_binary(in, members);
  return in.done() ? std::move(message) : std::nullopt;
}

}  // namespace net
