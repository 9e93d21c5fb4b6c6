// Where a node's records become safe.
#pragma once

#include <span>

#include "core/store/durable.hpp"

namespace net {

class Keep {
 public:
  // All of them are safe when it returns. When it throws, none is, and nothing more can be written.
  virtual void write(std::span<const core::Persist> records) = 0;

 protected:
  ~Keep() = default;
};

}  // namespace net
