// How a group speaks: whose names, which group, and both forms of a message as bytes on a connection.
#pragma once

#include <string>
#include <variant>

#include "core/group/config.hpp"
#include "core/message/message.hpp"
#include "net/wire/frames.hpp"

namespace net {

class Dialect {
 public:
  // REQUIRES: config outlives the dialect.
  Dialect(const core::Config& config, std::string group) : config_{&config}, group_{std::move(group)} {}

  [[nodiscard]] std::size_t members() const { return config_->size(); }
  [[nodiscard]] const std::string& group() const { return group_; }
  [[nodiscard]] std::string write(const core::Message& message, Form form) const;
  // The message, or in words what is wrong.
  [[nodiscard]] std::variant<core::Message, std::string> read(std::string_view bytes, Form form) const;

 private:
  const core::Config* config_;
  std::string group_;
};

}  // namespace net
