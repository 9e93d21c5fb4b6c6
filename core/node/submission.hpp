// An event before it has a number.
#pragma once

#include <string>
#include <vector>

#include "core/base/ids.hpp"

namespace core {

struct Submission {
  std::vector<EventId> depends_on;
  std::string type;
  std::string payload;
};

}  // namespace core
