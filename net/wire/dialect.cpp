#include "net/wire/dialect.hpp"

#include "net/wire/binary.hpp"
#include "net/wire/json.hpp"

namespace net {

std::string Dialect::write(const core::Message& message, Form form) const {
  return form == Form::binary ? to_binary(message) : to_json(message, *config_, group_);
}

std::variant<core::Message, std::string> Dialect::read(std::string_view bytes, Form form) const {
  if (form != Form::binary) return from_json(bytes, *config_, group_);
  auto message = from_binary(bytes, config_->size());
  if (!message) return std::string("is no message of a member");
  return std::move(*message);
}

}  // namespace net
