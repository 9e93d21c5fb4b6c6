// What hears everything that goes into a node and comes out of it, in order: enough to do it all again.
#pragma once

#include <string_view>

#include "core/node/effects.hpp"
#include "net/runtime/input.hpp"

namespace net {

class Tap {
 public:
  // An input, by the node's clock, before the node is given it. `written` is a message as bytes in binary form, if they
  // are at hand; else empty.
  virtual void input(core::Instant now, const Input& input, std::string_view written) = 0;
  // Outputs of all inputs since the last flush(), in order.
  virtual void persist(const core::Persist& record) = 0;
  virtual void send(core::Member to, const core::Message& message, std::string_view written) = 0;
  virtual void fact(const core::Record& fact) = 0;  // `at` is not set
  virtual void order(const core::LampOrder& order) = 0;
  // Called before any of these outputs leaves the node: from now on all that was told outlives the process.
  virtual void flush() = 0;

 protected:
  ~Tap() = default;
};

}  // namespace net
