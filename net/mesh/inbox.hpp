// Where what the network brings goes. Calls come from the thread that runs the network's io_context.
#pragma once

#include "core/message/message.hpp"

namespace net {

class Inbox {
 public:
  virtual void receive(core::Message message) = 0;
  // The connection to or from that member broke, or was refused.
  virtual void link_down(core::Member peer) = 0;

 protected:
  ~Inbox() = default;
};

}  // namespace net
