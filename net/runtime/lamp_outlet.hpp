// Where a node's commands to its lamps go.
#pragma once

#include "core/city/lamp.hpp"

namespace net {

class LampOutlet {
 public:
  virtual void order(const core::LampOrder& order) = 0;

 protected:
  ~LampOutlet() = default;
};

}  // namespace net
