// Where what the network brings goes. Calls come from the thread that runs the network's io_context.
#pragma once

#include <string_view>

#include "core/message/message.hpp"

namespace net {

class Inbox {
 public:
  // `written` is the same as bytes in binary form, during the call; empty if it came otherwise.
  virtual void receive(core::Message message, std::string_view written) = 0;
  // The connection to or from that member broke, or was refused.
  virtual void link_down(core::Member peer) = 0;

 protected:
  ~Inbox() = default;
};

}  // namespace net
