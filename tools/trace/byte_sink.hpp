// Where bytes go, in order.
#pragma once

#include <string_view>

namespace tools {

struct ByteSink {
  virtual ~ByteSink() = default;
  virtual void write(std::string_view bytes) = 0;
  // All is written. Throws BadInput if the disk did not take it.
  virtual void commit() = 0;
};

}  // namespace tools
