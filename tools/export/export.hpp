// A run in the format of another program. Records are taken in order, with or without what came before and after.
#pragma once

#include <functional>
#include <string_view>

#include "core/trace/record.hpp"

namespace tools {

using Output = std::function<void(std::string_view)>;

struct Export : core::RecordSink {
  // The run, or the wanted part of it, ends here; writes what is left.
  virtual void end(core::Instant at) = 0;
};

}  // namespace tools
