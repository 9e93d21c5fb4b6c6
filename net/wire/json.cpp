#include "net/wire/json.hpp"

#include "net/wire/body.hpp"
#include "net/wire/json_value.hpp"
#include "net/wire/sound.hpp"

namespace net {
namespace {

core::Epoch epoch_of(const core::Message& message) {
  return std::visit(
      [](const auto& body) -> core::Epoch {
        if constexpr (requires { body.epoch; }) return body.epoch;
        return 0;
      },
      message.body);
}

std::string to_json(const core::Message& message, const core::Config& config, const std::string& group, bool raw) {
  const JsonWriter writer(config, raw);
  Json json{{"type", core::name_of(message.type())},
            {"sender_id", writer.of(message.from)},
            {"timestamp", writer.of(message.sent)},
            {"number", message.number},
            {"group", group},
            {"epoch", epoch_of(message)}};
  std::visit([&](const auto& body) { writer.add(json, body); }, message.body);
  return json.dump();
}

core::Body body_named(const std::string& type) {
  for (std::size_t i = 0; i < core::kMessageTypes; ++i)
    if (core::name_of(static_cast<core::MessageType>(i)) == type) return empty_body(static_cast<core::MessageType>(i));
  throw BadValue("`type` " + type + " is none of a member's");
}

core::Message message_of(const Json& json, const core::Config& config, const std::string& group) {
  const JsonReader reader(config);
  std::string type, sent_to;
  core::Message message;
  if (!json.is_object()) throw BadValue("is no object");
  reader.get(json, "type", type), reader.get(json, "group", sent_to);
  if (sent_to != group) throw BadValue("is of group " + sent_to + ", not of " + group);
  reader.get(json, "sender_id", message.from), reader.get(json, "timestamp", message.sent);
  if (json.contains("number")) reader.get(json, "number", message.number);
  message.body = body_named(type);
  std::visit([&](auto& body) { reader.get(json, body); }, message.body);
  if (!is_sound(message, config.size())) throw BadValue(type + " says what no member would say");
  return message;
}

}  // namespace

std::string to_json(const core::Message& message, const core::Config& config, const std::string& group) {
  try {
    return to_json(message, config, group, false);
  } catch (const Json::type_error&) {  // some bytes are no UTF-8
    return to_json(message, config, group, true);
  }
}

std::variant<core::Message, std::string> from_json(std::string_view text, const core::Config& config,
                                                   const std::string& group) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::string("is no JSON");
  try {
    return message_of(json, config, group);
  } catch (const BadValue& bad) {
    return std::string(bad.what());
  }
}

}  // namespace net
