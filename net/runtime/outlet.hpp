// Where the messages of a node leave: its sockets, or what stands between.
#pragma once

#include <string_view>

#include "core/message/message.hpp"

namespace net {

class Outlet {
 public:
  // Puts a message in line for a member; `written` is the same as bytes. flush() sends what is in line.
  virtual void send(core::Member to, const core::Message& message, std::string_view written) = 0;
  virtual void flush() = 0;
  virtual void close() = 0;

 protected:
  ~Outlet() = default;
};

}  // namespace net
